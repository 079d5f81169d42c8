// Package dsl turns the text of a model file into a *model.System: names
// resolved, groups unrolled, quantities in base units, everything checked. Write
// goes the other way.
//
// LANGUAGE.md beside this file is the reference of the language. The grammar
// is in dsl/syntax; this package gives it meaning. Nothing stops at the first
// mistake: each statement is checked by itself, a name whose declaration
// failed still counts as known, and all diagnostics come back in one list.
package dsl
