package dev.wick.entry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.wick.http.RequestHead;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Expected values are those of Envoy 1.40, which was asked. */
class PathRulesTest {

    private static String read(PathRules rules, String path) {
        RequestHead head = new RequestHead();
        head.path(path);
        PathRules.Outcome outcome = rules.apply(head);
        return outcome == PathRules.Outcome.REJECTED ? "400" : outcome + " " + head.path();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "/ /",
                "/a/b-c_d.e~f?x//y%2f/../ /a/b-c_d.e~f?x//y%2f/../",
                "/a//b/../c?x//y /a/c?x//y",
                "// //",
                "/// //",
                "/.. /",
                "/a/.?x /a/?x",
                "/a/... /a/...",
                "/.a/..b /.a/..b",
                "/a/%2e%2E/b /b",
                "/%7euser/%41 /~user/A",
                "/a/%e4%C3 /a/%e4%C3",
                "/a%20b%zz%2 /a%20b%zz%2",
                "/a\\b{|}^`\"<>~ /a/b%7B%7C%7D%5E%60%22%3C%3E~",
                "/a/b/../../../c /c",
                "/a/b/.. /a/",
            })
    void aPathIsReadAsItsNormalForm(String path, String expected) {
        assertEquals("TAKEN " + expected, read(PathRules.EDGE, path));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "/a/..;/b /b",
                "/a/.;/b /a/b",
                "/a/..;x/b /b",
                "/a/..;x=y;z/b?c /b?c",
                "/..;/a /a",
                "/a/..; /",
                "/.; /",
                "/a/.; /a/",
                "/a/.;.. /a/",
                "/a/b/..;/..;/c /c",
                "/a/..;%00/b /b",
                "/a/..;\\b /",
                "/a\\..;\\b /a/..;/b",
                "/a/..;%5c/b /b",
                "/a/%2e%2e;/b /a/..;/b",
                "/a/.%2e;/b /a/..;/b",
                "/a/..%3b/b /a/..%3b/b",
                "/a/...;/b /a/...;/b",
                "/a/x;..;/b /a/x;..;/b",
                "/a/x;/../b /a/b",
            })
    void dotsArePutAsideWithTheirParameters(String path, String expected) {
        PathRules rules = new PathRules(true, false, EscapedSlashes.KEEP_UNCHANGED);

        assertEquals("TAKEN " + expected, read(rules, path));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "/a%2fb%5Cc/%41?q%2f /a/b/c/A?q%2f",
                "/{a|}/..%2f./%5c%2e //",
                "/a/b%2f%2e%2e/c /a/c"
            })
    void escapedSlashesAreRedirected(String path, String expected) {
        assertEquals("REDIRECTED " + expected, read(PathRules.EDGE, path));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            value = {
                "KEEP_UNCHANGED /a%2Fb//c TAKEN /a%2Fb/c",
                "REJECT_REQUEST /a%2Fb 400 -",
                "REJECT_REQUEST /a%25b TAKEN /a%25b",
                "UNESCAPE_AND_FORWARD /a%2f%5cb TAKEN /a/b",
            })
    void escapedSlashesAreTreatedAsIsSaid(
            EscapedSlashes action, String path, String outcome, String expected) {
        PathRules rules = new PathRules(true, true, action);
        assertEquals(outcome.equals("400") ? "400" : outcome + " " + expected, read(rules, path));
    }

    @ParameterizedTest
    @CsvSource({"/%00", "/a/%00?b"})
    void anEscapedNulHasNoNormalForm(String path) {
        assertEquals("400", read(PathRules.EDGE, path));
    }

    @ParameterizedTest
    @CsvSource({"//a/../%41%2f", "/%00"})
    void nothingIsDoneThatIsNotSaid(String path) {
        PathRules none = new PathRules(false, false, EscapedSlashes.KEEP_UNCHANGED);
        assertEquals("TAKEN " + path, read(none, path));
    }
}
