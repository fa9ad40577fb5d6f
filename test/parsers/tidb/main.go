// Reads statements, each ended by a NUL, and prints those that the parser of TiDB refuses, each with its reason, as lines of JSON.
package main

import (
	"encoding/json"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/pingcap/tidb/pkg/parser"
	_ "github.com/pingcap/tidb/pkg/parser/test_driver"
)

func main() {
	text, err := io.ReadAll(os.Stdin)
	if err != nil {
		panic(err)
	}
	reader := parser.New()
	for _, statement := range strings.Split(string(text), "\x00") {
		if strings.TrimSpace(statement) == "" {
			continue
		}
		if _, _, err := reader.Parse(statement, "", ""); err != nil {
			line, _ := json.Marshal(map[string]string{"statement": statement, "reason": err.Error()})
			fmt.Println(string(line))
		}
	}
}
