package dev.wick.gateway.exchange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.gateway.balance.Attributes;
import dev.wick.gateway.balance.Locality;
import dev.wick.gateway.balance.Member;
import dev.wick.gateway.balance.Selection;
import dev.wick.route.RetryHosts;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a request that is sent again asks of its host. */
class RetrySelectionTest {

    private static Member host(int port, Map<String, String> metadata) {
        Attributes attributes = new Attributes(1, 0, Locality.UNKNOWN, 0, "", metadata);
        return new Member(attributes) {
            @Override
            public int active() {
                return 0;
            }

            @Override
            public String text() {
                return "127.0.0.1:" + port;
            }
        };
    }

    private static Member host(int port) {
        return host(port, Map.of());
    }

    @Test
    void hostsThatWereTriedAreKnownByTheirAddress() {
        RetrySelection asking =
                new RetrySelection(new RetryHosts(true, false, List.of(), 5, 0), null);
        asking.tried(host(1));
        asking.tried(host(2));
        assertTrue(asking.refuses(host(1)));
        assertTrue(asking.refuses(host(2)));
        assertFalse(asking.refuses(host(3)));
        assertEquals(5, asking.reselections);
    }

    @Test
    void whatIsNotAskedForIsNotRefused() {
        RetrySelection asking =
                new RetrySelection(new RetryHosts(false, false, List.of(), 1, 2), null);
        asking.tried(host(1));
        assertFalse(asking.refuses(host(1)));
        assertFalse(asking.refuses(host(2, Map.of("canary", "true"))));
    }

    @Test
    void canariesAreThoseThatSayTrue() {
        RetrySelection asking =
                new RetrySelection(new RetryHosts(false, true, List.of(), 1, 0), null);
        assertTrue(asking.refuses(host(1, Map.of("canary", "true"))));
        assertFalse(asking.refuses(host(1, Map.of("canary", "\"true\""))));
        assertFalse(asking.refuses(host(1)));
    }

    @Test
    void allOfTheMetadataMustBeThere() {
        RetryHosts rules =
                new RetryHosts(
                        false,
                        false,
                        List.of(Map.of("a", "1", "b", "\"x\""), Map.of("c", "true")),
                        1,
                        0);
        RetrySelection asking = new RetrySelection(rules, null);
        assertTrue(asking.refuses(host(1, Map.of("a", "1", "b", "\"x\"", "z", "0"))));
        assertFalse(asking.refuses(host(1, Map.of("a", "1"))));
        assertFalse(asking.refuses(host(1, Map.of("a", "1", "b", "\"y\""))));
        assertTrue(asking.refuses(host(1, Map.of("c", "true"))));
        assertTrue(asking.refuses(host(1, Map.of("a", "[2,1]", "b", "[\"x\"]"))));
        assertFalse(asking.refuses(host(1, Map.of("a", "[2,3]", "b", "\"x\""))));
    }

    @Test
    void hashAndSubsetStayButNoSessionBindsARetry() {
        Selection first = new Selection();
        first.hash = 7;
        first.hashed = true;
        first.subset = "s";
        first.bound = "127.0.0.1:1";
        first.strict = true;
        RetrySelection asking = new RetrySelection(null, first);
        assertEquals(7, asking.hash);
        assertTrue(asking.hashed);
        assertEquals("s", asking.subset);
        assertNull(asking.bound);
        assertFalse(asking.strict);
        assertFalse(asking.refuses(host(1)));
    }
}
