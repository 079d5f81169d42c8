// Package montecarlo estimates the measures of a System by discrete-event
// simulation. METHODS.md beside this file gives the estimators, their sources
// and their errors.
package montecarlo
