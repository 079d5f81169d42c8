package syntax

import "reflect"

// Inspect calls f for n and, while f returns true, for the nodes below it,
// parents first and in the order of their fields. Absent nodes are left out.
func Inspect(n Node, f func(Node) bool) {
	if !f(n) {
		return
	}
	for _, c := range children(n) {
		Inspect(c, f)
	}
}

// children returns the nodes in the fields of n.
func children(n Node) []Node {
	var nodes []Node
	v := reflect.ValueOf(n).Elem()
	for i := range v.NumField() {
		switch f := v.Field(i); f.Kind() {
		case reflect.Pointer, reflect.Interface:
			nodes = appendNode(nodes, f)
		case reflect.Slice:
			for k := range f.Len() {
				nodes = appendNode(nodes, f.Index(k))
			}
		}
	}
	return nodes
}

// appendNode appends the node that v holds, if it holds one.
func appendNode(nodes []Node, v reflect.Value) []Node {
	if v.Kind() == reflect.Struct {
		v = v.Addr()
	}
	if v.IsNil() {
		return nodes
	}
	return append(nodes, v.Interface().(Node))
}
