package dev.wick.entry;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.wick.http.RequestHead;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostRulesTest {

    private static String read(HostRules rules, String authority) {
        RequestHead head = new RequestHead();
        head.authority(authority);
        rules.apply(head, 8080);
        return head.authority();
    }

    @ParameterizedTest
    @CsvSource({
        "a.com:8080, a.com",
        "a.com:80, a.com:80",
        "[::1]:8080, [::1]",
        "[::8080], [::8080]",
        "a.com, a.com"
    })
    void theListenersPortGoes(String authority, String expected) {
        assertEquals(expected, read(new HostRules(true, false, false), authority));
    }

    @ParameterizedTest
    @CsvSource({"a.com.:99, a.com", "a.com., a.com", "a.com:99, a.com"})
    void anyPortAndTheDotGo(String authority, String expected) {
        assertEquals(expected, read(new HostRules(false, true, true), authority));
    }

    @ParameterizedTest
    @CsvSource({"a.com.:99, a.com:99"})
    void theDotGoesFromBeforeThePort(String authority, String expected) {
        assertEquals(expected, read(new HostRules(false, false, true), authority));
    }
}
