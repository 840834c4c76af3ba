package dev.wick.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.re2j.Pattern;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which templates there are, and what they match. */
class UriTemplateTest {

    private static boolean takes(String template, String path) {
        UriTemplate read = UriTemplate.of(template);
        assertNull(read.wrong());
        return Pattern.matches(read.regex(), path);
    }

    @Test
    void aStarTakesOneSegmentOfAtLeastOneCharacter() {
        assertTrue(takes("/a/*/c", "/a/b.~%20:c/c"));
        assertFalse(takes("/a/*/c", "/a//c"));
        assertFalse(takes("/a/*/c", "/a/b/b/c"));
        assertTrue(takes("/a/*", "/a/b=c*"));
        assertFalse(takes("/a/*", "/a/b|"));
    }

    @Test
    void twoStarsTakeWhatFollows() {
        assertTrue(takes("/a/**", "/a/"));
        assertTrue(takes("/a/**", "/a/b/c"));
        assertFalse(takes("/a/**", "/a"));
        assertTrue(takes("/**.m3u8", "/x/y.m3u8"));
        assertFalse(takes("/**.m3u8", "/x/ym3u8"));
    }

    @Test
    void variablesAreGroups() {
        UriTemplate template = UriTemplate.of("/{a}/x/{b=c/*}/{d=**}");

        assertEquals(Map.of("a", 1, "b", 2, "d", 3), template.variables());
        assertTrue(Pattern.matches(template.regex(), "/1/x/c/2/3/4"));
        assertFalse(Pattern.matches(template.regex(), "/1/x/b/2/3/4"));
    }

    @Test
    void aSlashAtTheEndIsASegment() {
        assertTrue(takes("/a/", "/a/"));
        assertFalse(takes("/a/", "/a"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "a",
                "/a b",
                "/a//b",
                "/a*",
                "/{a",
                "/{}",
                "/{1a}",
                "/{a=}",
                "/{a=b/}",
                "/{a}/{a}",
                "/{a}/{b}/{c}/{d}/{e}/{f}",
                "/{aaaaaaaaaaaaaaaaa}",
                "/**/*",
                "/**/{a}",
                "/**/**",
                "/{a}x/y",
                "/*{a}",
                "/{a={b}}"
            })
    void whatIsNoTemplateIsTold(String text) {
        assertNotNull(UriTemplate.of(text).wrong());
    }

    @Test
    void aRewriteHasLiteralsAndVariablesByTurns() {
        UriTemplate.Rewrite rewrite = UriTemplate.Rewrite.of("/x/{a}{b}/y");

        assertNull(rewrite.wrong());
        assertEquals(List.of("/x/", "a", "", "b", "/y"), rewrite.parts());
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "//", "/{a", "/{}", "/*", "/a b", "/?q"})
    void whatIsNoRewriteIsTold(String text) {
        assertNotNull(UriTemplate.Rewrite.of(text).wrong());
    }
}
