package dsl

import (
	"nines/dsl/syntax"
	"nines/model"
)

// later notes a statement that is checked and not evaluated yet.
func (b *builder) later(statement string, at syntax.Node) {
	b.sys.Pending = append(b.sys.Pending, model.Pending{Statement: statement, Pos: b.report.pos(at.Extent())})
}
