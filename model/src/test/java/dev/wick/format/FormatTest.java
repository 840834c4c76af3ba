package dev.wick.format;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What becomes of a text with commands. */
class FormatTest {

    private final Map<String, String> request = new HashMap<>();
    private final Map<String, String> response = new HashMap<>();
    private final Map<Fact, String> known = new HashMap<>();

    private final Facts facts =
            new Facts() {
                @Override
                public @Nullable String requestHeader(String name) {
                    return request.get(name);
                }

                @Override
                public @Nullable String responseHeader(String name) {
                    return response.get(name);
                }

                @Override
                public @Nullable String responseTrailer(String name) {
                    return null;
                }

                @Override
                public long startMicros() {
                    return 1_795_194_241_123_456L;
                }

                @Override
                public @Nullable String text(Fact fact) {
                    return known.get(fact);
                }
            };

    private String filled(String format) {
        return Format.of(format).text(facts);
    }

    @Test
    void textAndValuesStandSideBySide() {
        known.put(Fact.PROTOCOL, "HTTP/2");
        known.put(Fact.RESPONSE_CODE, "200");

        assertEquals("a HTTP/2-200 100% b", filled("a %PROTOCOL%-%RESPONSE_CODE% 100%% b"));
    }

    @Test
    void whatIsNotKnownIsLeftOut() {
        assertEquals("[]", filled("[%UPSTREAM_HOST%]"));
        assertEquals("", filled("%TRAILER(grpc-status)%"));
    }

    @Test
    void anAbsentHeaderFallsBackToAnother() {
        request.put("x-b", "B");

        assertEquals("B", filled("%REQ(X-A?X-B)%"));
        request.put("x-a", "A");
        assertEquals("A", filled("%REQ(X-A?X-B)%"));
        assertEquals("", filled("%RESP(x-a?x-b)%"));
    }

    @Test
    void aLengthCutsTheValue() {
        request.put(":path", "/abcdefg?x=1");

        assertEquals("/abc", filled("%REQ(:PATH):4%"));
        assertEquals("/abcdefg?x=1", filled("%REQ(:PATH):400%"));
        assertEquals("/ab", filled("%REQ_WITHOUT_QUERY(:path):3%"));
    }

    @Test
    void aPathIsTakenWithItsQueryOrWithoutRewrittenOrNot() {
        request.put(":path", "/new?x=1&page=2&empty");
        request.put("x-envoy-original-path", "/old?x=1");

        assertEquals("/old?x=1", filled("%PATH(WQ)%"));
        assertEquals("/old", filled("%PATH(NQ:ORIG)%"));
        assertEquals("/new", filled("%PATH(NQ:PATH)%"));
        assertEquals("2", filled("%QUERY_PARAM(page)%"));
        assertEquals("", filled("%QUERY_PARAM(pag)%"));
    }

    @Test
    void timesAreWrittenAsStrftimeDoesAndToTheFractionAskedFor() {
        assertEquals("2026-11-20T17:04:01.123Z", filled("%START_TIME%"));
        assertEquals("2026/11/20 123456000", filled("%START_TIME(%Y/%m/%d %9f)%"));
        assertEquals("1795194241.123", filled("%START_TIME(%s.%3f)%"));
        assertEquals("17:04:01.1 Fri Nov 20", filled("%START_TIME(%H:%M:%E1S %a %b %e)%"));
    }

    @Test
    void whatIsNoCommandIsRefusedWithWhatIsKnown() {
        String expected = Format.expected("%NO_SUCH%");

        assertNotNull(expected);
        assertTrue(expected.contains("UPSTREAM_CLUSTER") && expected.contains("REQ"), expected);
        assertNotNull(Format.expected("100%"));
        assertNotNull(Format.expected("%req(a)%"));
        assertNotNull(Format.expected("%DOWNSTREAM_TLS_VERSION%"));
        assertNotNull(Format.expected("%REQ%"));
        assertNotNull(Format.expected("%REQ(a b)%"));
        assertNotNull(Format.expected("%PROTOCOL(x)%"));
        assertNotNull(Format.expected("%START_TIME(%Q)%"));
        assertNull(Format.expected("%START_TIME(%Q)%".replace("Q", "Y")));
    }

    @Test
    void wicksOwnVariablesAreNobodysToRead() {
        for (String name : new String[] {"WICK_TOKEN", "WICK_STORE_KEY", "wick_token", "WICK_"}) {
            String format = "a %ENVIRONMENT(" + name + ")%";
            assertNotNull(Format.expected(format), format);
            assertThrows(IllegalArgumentException.class, () -> Format.of(format), format);
        }
        assertNull(Format.expected("%ENVIRONMENT(PATH)%"));
        assertNull(Format.expected("%ENVIRONMENT(MY_WICK_ZONE)%"));
        assertEquals(System.getenv("PATH"), filled("%ENVIRONMENT(PATH)%"));
    }

    @Test
    void everyFactIsACommand() {
        for (Fact fact : Fact.values()) {
            known.put(fact, "v");
            assertEquals("v", filled("%" + fact + "%"));
        }
    }
}
