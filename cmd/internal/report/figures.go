package report

import (
	"encoding/json"
	"math"

	"nines/model"
)

// figures are values as an object of JSON, by their measures. What is unknown
// or infinite is absent.
type figures []model.Value

func (f figures) MarshalJSON() ([]byte, error) {
	o := object{}
	for _, v := range f {
		if finite(v.Value) {
			o = append(o, member{string(v.Measure), newJSONValue(v)})
		}
	}
	return o.MarshalJSON()
}

func (f *figures) UnmarshalJSON(text []byte) error {
	var of map[model.Measure]jsonValue
	if err := json.Unmarshal(text, &of); err != nil {
		return err
	}
	*f = nil
	for _, m := range model.Measures() {
		if v, known := of[m]; known {
			*f = append(*f, v.value(m))
		}
	}
	return nil
}

// value is the figure that was written.
func (v *jsonValue) value(m model.Measure) model.Value {
	out := model.Value{
		Measure: m, Value: v.Value, Method: v.Method, At: v.At, Confidence: v.Confidence, Runs: v.Runs, Note: v.Note,
		Bounded: v.Low != nil || v.High != nil,
	}
	if out.Bounded {
		out.Low, out.High = math.Inf(-1), math.Inf(1)
	}
	if v.Low != nil {
		out.Low = *v.Low
	}
	if v.High != nil {
		out.High = *v.High
	}
	return out
}
