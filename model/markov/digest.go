package markov

import (
	"crypto/sha256"
	"encoding/binary"
	"math"
)

// A Digest tells chains apart: those that have the same are the same.
type Digest [sha256.Size]byte

// Digest returns that of all transitions of the chain.
func (c *Chain) Digest() Digest {
	sum := sha256.New()
	var text []byte
	for i := range c.Len() {
		to, rate := c.Row(i)
		text = binary.LittleEndian.AppendUint32(text[:0], uint32(len(to)))
		for e, j := range to {
			text = binary.LittleEndian.AppendUint32(text, uint32(j))
			text = binary.LittleEndian.AppendUint64(text, math.Float64bits(rate[e]))
		}
		sum.Write(text)
	}
	return Digest(sum.Sum(nil))
}
