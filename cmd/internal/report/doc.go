// Package report writes what a command has found out, one file a format: text
// for people, json and csv for programs, markdown for a pull request. They all
// read a Report. It also shows diagnostics beside the source they speak of.
//
// Rules of the texts. A figure never travels without its method: a plain one
// is exact, "≈" marks an approximation, "±" or a range an interval. It has the
// digits that its method supports: three of what is missing to 100 % where it
// is exact, as many as two digits of the half-width allow otherwise. What is
// unknown is left out and a note says why. Nothing from a model file reaches a
// terminal with control characters in it.
package report
