package match_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/outcry/outcry/event"
	"github.com/outcry/outcry/ingest/match"
)

func TestNamesakesAreToldByTheLanguage(t *testing.T) {
	t.Parallel()
	m, err := match.New([]event.Service{
		{ID: "otp-bank", Name: "OTP Bank", Aliases: []string{"otp"}, Kind: "bank", Country: "HU"},
		{ID: "otp-banka", Name: "OTP banka", Kind: "bank", Country: "SI"},
	})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ lang, text, want string }{
		{"sl", "OTP ne deluje", "otp-banka report"},
		{"sl", "OTP banka ne deluje #otpdown", "otp-banka report"},
		{"hu", "nem működik az OTP", "otp-bank report"},
	} {
		p := postIn(c.lang, c.text)
		if diff := cmp.Diff([]string{c.want}, said(m, p)); diff != "" {
			t.Errorf("%s: -want +got\n%s", c.text, diff)
		}
	}
}
