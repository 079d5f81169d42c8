// Package chart draws what a command has found out, one file a kind, and the
// canvas that all pictures of nines are drawn on: SVG, PNG or PDF, with the
// same bytes on every run.
//
// House style. The title says what is shown, the line below it what the axis
// measures; axes carry units, availability stands on an axis where every nine
// takes the same space, and the last line says which file and which method it
// comes from. Colours can be told apart with colour-blind eyes, and lines
// differ in their dashes too.
package chart
