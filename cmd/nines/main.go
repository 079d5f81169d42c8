// Command nines computes the availability of distributed systems from a
// description of their parts.
package main

import (
	"os"

	"nines/cmd"
)

func main() {
	os.Exit(cmd.Run(os.Args[1:], os.Stdin, os.Stdout, os.Stderr))
}
