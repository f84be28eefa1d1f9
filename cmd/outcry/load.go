package main

import (
	"encoding"
	"errors"
	"fmt"
	"os"
	"reflect"
	"slices"
	"strings"
	"time"

	"github.com/agnivade/levenshtein"
	"go.yaml.in/yaml/v3"
)

// duration is a time.Duration that is written as "15s".
type duration time.Duration

// UnmarshalText reads "15s".
func (d *duration) UnmarshalText(text []byte) error {
	v, err := time.ParseDuration(string(text))
	if err != nil {
		return fmt.Errorf("%q is no duration: write 15s, 2m or 1h", text)
	}
	*d = duration(v)
	return nil
}

const envPrefix = "OUTCRY_"

// defaultFile is read where no --config is given and it is there.
const defaultFile = "outcry.yaml"

// loadConfig reads the file, then the OUTCRY_ variables of environ over it. path "" means outcry.yaml, if it is there.
func loadConfig(path string, environ []string) (config, error) {
	cfg := defaultConfig()
	tree, name, err := readTree(path)
	if err != nil {
		return cfg, err
	}
	if errs := misfits(tree, reflect.TypeFor[config](), ""); len(errs) > 0 {
		return cfg, &fileError{name, errors.Join(errs...)}
	}
	if tree.Kind != 0 {
		if err := tree.Decode(&cfg); err != nil {
			return cfg, &fileError{name, err}
		}
		placeSources(cfg.Sources, tree, name)
	}
	if err := overlay(&cfg, environ); err != nil {
		return cfg, err
	}
	return cfg, nil
}

// placeSources tells the sources where in the file they stand.
func placeSources(sources []sourceConfig, tree *yaml.Node, file string) {
	for i := 0; i+1 < len(tree.Content); i += 2 {
		if tree.Content[i].Value != "sources" {
			continue
		}
		for n, item := range tree.Content[i+1].Content {
			if n < len(sources) {
				sources[n].place = fmt.Sprintf("%s: line %d: ", file, item.Line)
			}
		}
	}
}

// fileError is an error in the configuration file.
type fileError struct {
	name string
	err  error
}

func (e *fileError) Error() string {
	return e.name + ": " + strings.ReplaceAll(strings.TrimPrefix(e.err.Error(), "yaml: "), "unmarshal errors:\n  ", "")
}

func (e *fileError) Unwrap() error { return e.err }

func readTree(path string) (*yaml.Node, string, error) {
	name := path
	if name == "" {
		name = defaultFile
	}
	raw, err := os.ReadFile(name)
	if errors.Is(err, os.ErrNotExist) && path == "" {
		return &yaml.Node{}, name, nil
	}
	if err != nil {
		return nil, name, fmt.Errorf("the configuration cannot be read; name a file with --config or OUTCRY_CONFIG, or none: %w", err)
	}
	var doc yaml.Node
	if err := yaml.Unmarshal(raw, &doc); err != nil {
		return nil, name, &fileError{name, err}
	}
	if len(doc.Content) == 0 {
		return &yaml.Node{}, name, nil
	}
	return doc.Content[0], name, nil
}

// fieldsOf maps the yaml names of a struct's fields to them.
func fieldsOf(t reflect.Type) map[string]reflect.StructField {
	fields := make(map[string]reflect.StructField, t.NumField())
	for f := range t.Fields() {
		if name := f.Tag.Get("yaml"); name != "" {
			fields[name] = f
		}
	}
	return fields
}

func keysOf[V any](m map[string]V) []string {
	keys := make([]string, 0, len(m))
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

// maxListed is how many known words are listed where none is near.
const maxListed = 40

// didYouMean names the nearest of the known words, one that begins so, or all if they are few.
func didYouMean(word string, known []string) string {
	best, distance := "", 4
	for _, k := range known {
		if strings.HasPrefix(k, word) && word != "" {
			best = k
			break
		}
		if d := levenshtein.ComputeDistance(strings.ToLower(word), strings.ToLower(k)); d < distance {
			best, distance = k, d
		}
	}
	switch {
	case best != "":
		return fmt.Sprintf("; did you mean %q?", best)
	case len(known) == 0:
		return "; there are none"
	case len(known) <= maxListed:
		return "; known are " + strings.Join(known, ", ")
	}
	return ""
}

// overlay sets what the OUTCRY_ variables say: OUTCRY_NATS_URL is nats.url. Lists and maps are written as YAML.
func overlay(cfg *config, environ []string) error {
	known := make(map[string]reflect.Value)
	variables(reflect.ValueOf(cfg).Elem(), envPrefix, known)
	var errs []error
	for _, entry := range environ {
		name, value, _ := strings.Cut(entry, "=")
		if !strings.HasPrefix(name, envPrefix) || slices.Contains(ownVariables(), name) {
			continue
		}
		field, ok := known[name]
		if !ok {
			errs = append(errs, fmt.Errorf("unknown variable %s%s", name, didYouMean(name, keysOf(known))))
			continue
		}
		if err := setField(field, value); err != nil {
			errs = append(errs, fmt.Errorf("variable %s: %w", name, err))
		}
	}
	return errors.Join(errs...)
}

// ownVariables are those that are no configuration.
func ownVariables() []string { return []string{"OUTCRY_CONFIG", "OUTCRY_TESTDATA"} }

// variables maps the names of variables to the fields that they set.
func variables(v reflect.Value, prefix string, into map[string]reflect.Value) {
	for name, f := range fieldsOf(v.Type()) {
		field := v.FieldByIndex(f.Index)
		key := prefix + strings.ToUpper(name)
		if field.Kind() == reflect.Struct && !isText(field) {
			variables(field, key+"_", into)
			continue
		}
		into[key] = field
	}
}

// isText reports whether a field reads itself from a text.
func isText(field reflect.Value) bool {
	_, ok := field.Addr().Interface().(encoding.TextUnmarshaler)
	return ok
}

// setField sets a field to a value written as YAML; a list may also be written with commas.
func setField(field reflect.Value, value string) error {
	if isText(field) {
		return field.Addr().Interface().(encoding.TextUnmarshaler).UnmarshalText([]byte(value)) //nolint:forcetypeassert // isText says so
	}
	if field.Kind() == reflect.String {
		field.SetString(value)
		return nil
	}
	if field.Kind() == reflect.Slice && field.Type().Elem().Kind() == reflect.String && !strings.HasPrefix(value, "[") {
		value = "[" + value + "]"
	}
	fresh := reflect.New(field.Type())
	if err := yaml.Unmarshal([]byte(value), fresh.Interface()); err != nil {
		return errors.New(strings.TrimPrefix(err.Error(), "yaml: "))
	}
	field.Set(fresh.Elem())
	return nil
}
