package dsl

import (
	"errors"
	"fmt"
	"regexp"
	"strings"

	"nines/dsl/syntax"
	"nines/model"
)

// Duration reads a duration that is not negative, "1h30m", in seconds.
func Duration(text string) (float64, error) {
	return newValues(&scope{}, nil).seconds(text)
}

// Probability reads a probability, "99.95%", "0.9995" or "3.5 nines".
func Probability(text string) (model.Prob, error) {
	q, err := newValues(&scope{}, nil).plain(text)
	if err != nil {
		return model.Prob{}, err
	}
	if q.dim != number {
		return model.Prob{}, fmt.Errorf("want a probability as in 99.95%% or 0.9995, got %s", q.kind())
	}
	return probability(q)
}

// seconds reads a duration.
func (v *values) seconds(text string) (float64, error) {
	q, err := v.plain(text)
	if err != nil {
		return 0, err
	}
	if q.dim != duration {
		return 0, fmt.Errorf("want a duration as in 30m or 1h30m, got %s", q.kind())
	}
	s, ok := q.float()
	if !ok {
		return 0, errors.New("the duration is out of range, want one from 1e-300 s to 1e300 s")
	}
	return s, nil
}

// plain reads a number with or without units.
func (v *values) plain(text string) (quantity, error) {
	terms := (&syntax.Number{Text: strings.TrimSpace(text)}).Terms()
	if len(terms) == 0 || terms[0].Digits == "" {
		return quantity{}, fmt.Errorf("want a number, got %q", text)
	}
	q, err := v.literal(terms)
	var mistake *literalError
	if errors.As(err, &mistake) && mistake.help != "" {
		err = fmt.Errorf("%w; %s", err, mistake.help)
	}
	return q, err
}

// parseQuantity reads a quantity from a text outside of the file.
func parseQuantity(name, text string) (syntax.Quantity, error) {
	file, errs := syntax.Parse(name, []byte("param value = "+text))
	if len(errs) > 0 {
		return nil, errors.New(errs[0].Message)
	}
	if len(file.Statements) == 1 {
		if p, ok := file.Statements[0].(*syntax.Param); ok {
			return p.Value, nil
		}
	}
	return nil, errors.New("write one quantity, as in 4, 99.9% or 30m")
}

// line is a statement in its canonical form, in one line.
func line(s syntax.Statement) string {
	var text strings.Builder
	syntax.Print(&text, &syntax.File{Statements: []syntax.Statement{s}}) // a Builder takes all
	return strings.Join(strings.Fields(text.String()), " ")
}

// brokenNames lists the names that the source declares or seems to, if there
// are mistakes in its form: a use of one is not at fault if its declaration
// could not be read.
func brokenNames(src []byte, errs []syntax.Error) map[string]bool {
	if len(errs) == 0 {
		return nil
	}
	names := map[string]bool{}
	for _, m := range declaration.FindAllSubmatch(src, -1) {
		names[string(m[1])] = true
	}
	return names
}

var declaration = regexp.MustCompile(`\b(?:param|component|domain|service|pool|quorum|vote|bft|standby|crew|network|detector|store|cache|system)\s+([\pL_][\pL\pN\pM_-]*)`)
