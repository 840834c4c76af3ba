package dev.wick.gateway.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

import org.junit.jupiter.api.Test;

/** Where a redirect leads. */
class LocationTest {

    @Test
    void anAbsoluteUrlIsTakenApart() {
        assertEquals(
                new Location("http", "a.test:8080", "/x?y=1"),
                Location.of("http://a.test:8080/x?y=1"));
        assertEquals(new Location("https", "a.test", "/"), Location.of("https://a.test"));
        assertEquals(new Location("http", "a.test", "/"), Location.of("HTTP://user:x@a.test"));
        assertEquals(new Location("http", "[::1]:80", "/"), Location.of("http://[::1]:80/"));
    }

    @Test
    void aQueryAloneIsNoPath() {
        Location location = Location.of("http://a.test?x");
        assertEquals(new Location("http", "a.test", "?x"), location);
        assertFalse(location.hasPath());
    }

    @Test
    void aFragmentIsTheClientsOwn() {
        assertEquals(new Location("http", "a.test", "/x"), Location.of("http://a.test/x#part?q"));
        assertEquals(new Location("http", "a.test", "/"), Location.of("http://a.test#part"));
    }

    @Test
    void anythingElseLeadsNowhere() {
        for (String text :
                new String[] {
                    "",
                    "/x",
                    "//a.test/x",
                    "ftp://a.test/",
                    "http://",
                    "http:///x",
                    "http://user@/",
                    "http://user@b@a.test/",
                    "http://us er@a.test/",
                    "http://a b/",
                    "http://a.test/x y"
                }) {
            assertNull(Location.of(text), text);
        }
    }
}
