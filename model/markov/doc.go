// Package markov builds and solves continuous-time Markov chains. It knows states and rates and no component.
package markov
