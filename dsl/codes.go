package dsl

type Code struct{ ID, Title, Text string }

func Explain(code string) *Code { return &Code{} }
