package report

import (
	"cmp"
	_ "embed"
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"regexp"
	"slices"
	"strings"
	"sync"
)

//go:embed schema.json
var schemaText []byte

// A schema is as much of JSON Schema as schema.json has need of to say what a
// value of some kind may be. What is left out allows everything.
type schema struct {
	Ref        string             `json:"$ref"`
	Type       any                `json:"type"` // a name, or a list of them
	Enum       []string           `json:"enum"`
	Const      *string            `json:"const"`
	Pattern    string             `json:"pattern"`
	Minimum    *float64           `json:"minimum"`
	Above      *float64           `json:"exclusiveMinimum"`
	Maximum    *float64           `json:"maximum"`
	Required   []string           `json:"required"`
	Properties map[string]*schema `json:"properties"`
	Additional *schema            `json:"additionalProperties"`
	Items      *schema            `json:"items"`
	All        []*schema          `json:"allOf"`
	If         *schema            `json:"if"`
	Then       *schema            `json:"then"`
	Kinds      map[string]*schema `json:"$defs"`
}

// published is schema.json.
var published = sync.OnceValue(func() *schema {
	s := new(schema)
	if err := json.Unmarshal(schemaText, s); err != nil {
		panic(err)
	}
	return s
})

// keeps holds JSON against what the published schema says of a kind of result.
func keeps(text []byte, kind string) error {
	var value any
	if err := json.Unmarshal(text, &value); err != nil {
		return err
	}
	if at, why := published().Kinds[kind].wrong(value); why != "" {
		return fmt.Errorf("it does not keep to the schema of nines at %s: %s", at, why)
	}
	return nil
}

// wrong tells the first mistake in a value, and where in it: /results/0/name.
// There is none if it says nothing.
func (s *schema) wrong(value any) (at, why string) {
	if s.Ref != "" {
		return published().Kinds[strings.TrimPrefix(s.Ref, "#/$defs/")].wrong(value)
	}
	if why := cmp.Or(s.wrongType(value), s.wrongWord(value)); why != "" {
		return "/", why
	}
	switch value := value.(type) {
	case string:
		why = s.wrongText(value)
	case float64:
		why = s.wrongNumber(value)
	case []any:
		at, why = s.wrongItem(value)
	case map[string]any:
		at, why = s.wrongMember(value)
	}
	for i := 0; i < len(s.All) && why == ""; i++ {
		at, why = s.All[i].wrong(value)
	}
	if why == "" && s.If != nil {
		if _, not := s.If.wrong(value); not == "" {
			at, why = s.Then.wrong(value)
		}
	}
	if at == "" {
		at = "/"
	}
	return at, why
}

func kindOf(value any) string {
	switch value.(type) {
	case nil:
		return "null"
	case bool:
		return "boolean"
	case float64:
		return "number"
	case string:
		return "string"
	case []any:
		return "array"
	}
	return "object"
}

func (s *schema) wrongType(value any) string {
	types, several := s.Type.([]any)
	if !several {
		types = []any{s.Type}
	}
	got := kindOf(value)
	x, number := value.(float64)
	if s.Type == nil || slices.Contains(types, any(got)) || number && x == math.Trunc(x) && slices.Contains(types, "integer") {
		return ""
	}
	return fmt.Sprintf("want %v, got %s", s.Type, got)
}

// wrongWord refuses what is none of the words that there are to choose from.
func (s *schema) wrongWord(value any) string {
	words := s.Enum
	if s.Const != nil {
		words = []string{*s.Const}
	}
	text, is := value.(string)
	switch {
	case words == nil || is && slices.Contains(words, text):
		return ""
	case is:
		return fmt.Sprintf("want one of %s, got %q", strings.Join(words, ", "), text)
	}
	return fmt.Sprintf("want one of %s, got %s", strings.Join(words, ", "), kindOf(value))
}

func (s *schema) wrongText(text string) string {
	if s.Pattern != "" && !regexp.MustCompile(s.Pattern).MatchString(text) {
		return fmt.Sprintf("want %s, got %q", s.Pattern, text)
	}
	return ""
}

func (s *schema) wrongNumber(x float64) string {
	switch {
	case s.Minimum != nil && x < *s.Minimum:
		return fmt.Sprintf("want at least %v, got %v", *s.Minimum, x)
	case s.Above != nil && x <= *s.Above:
		return fmt.Sprintf("want more than %v, got %v", *s.Above, x)
	case s.Maximum != nil && x > *s.Maximum:
		return fmt.Sprintf("want at most %v, got %v", *s.Maximum, x)
	}
	return ""
}

func (s *schema) wrongItem(list []any) (at, why string) {
	if s.Items == nil {
		return "", ""
	}
	for i, item := range list {
		if at, why := s.Items.wrong(item); why != "" {
			return below(fmt.Sprint(i), at), why
		}
	}
	return "", ""
}

func (s *schema) wrongMember(object map[string]any) (at, why string) {
	for _, name := range s.Required {
		if _, there := object[name]; !there {
			return "", fmt.Sprintf("want a member %s", name)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(object)) {
		member := s.Properties[name]
		if member == nil {
			member = s.Additional
		}
		if member == nil {
			continue
		}
		if at, why := member.wrong(object[name]); why != "" {
			return below(name, at), why
		}
	}
	return "", ""
}

// below is a place within the value of a name or a number.
func below(name, at string) string { return "/" + name + strings.TrimSuffix(at, "/") }
