// Package graph draws the architecture of a system: who needs whom, what is in
// series and what in parallel, and what goes down together. It lays the graphs
// out by itself; DOT and Mermaid leave that to others.
package graph
