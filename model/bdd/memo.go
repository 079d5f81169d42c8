package bdd

// memo maps non-zero keys to values: open addressing with linear probing, at most half full.
type memo[V any] struct {
	slots []slot[V]
	count int
}

type slot[V any] struct {
	key   uint64
	value V
}

// find returns the slot of key, or the empty slot where it belongs.
func (t *memo[V]) find(key uint64) *slot[V] {
	mask := uint64(len(t.slots) - 1)
	for i := key * 0x9e3779b97f4a7c15 >> 24 & mask; ; i = (i + 1) & mask {
		if s := &t.slots[i]; s.key == key || s.key == 0 {
			return s
		}
	}
}

func (t *memo[V]) get(key uint64) (value V, ok bool) {
	if t.count == 0 {
		return value, false
	}
	s := t.find(key)
	return s.value, s.key == key
}

func (t *memo[V]) put(key uint64, value V) {
	if 2*t.count >= len(t.slots) {
		t.grow()
	}
	s := t.find(key)
	if s.key == 0 {
		t.count++
	}
	*s = slot[V]{key, value}
}

func (t *memo[V]) grow() {
	old := t.slots
	t.slots = make([]slot[V], max(16, 2*len(old)))
	for _, s := range old {
		if s.key != 0 {
			*t.find(s.key) = s
		}
	}
}
