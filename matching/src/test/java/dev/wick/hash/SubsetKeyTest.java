package dev.wick.hash;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SubsetKeyTest {

    private static final Map<String, String> HOST =
            Map.of("a", "[\"x\",\"y, \\\"z]\",1,true]", "b", "[]", "c", "\"[1]\"");

    @Test
    void aListIsOneValueUnlessItStandsForAnyOfItsOwn() {
        assertEquals(
                List.of(SubsetKey.of(Map.of("a", HOST.get("a")))),
                SubsetKey.of(List.of("a"), HOST, false));
        assertEquals(
                List.of("a\n\"x\"\n", "a\n\"y, \\\"z]\"\n", "a\n1\n", "a\ntrue\n"),
                SubsetKey.of(List.of("a"), HOST, true));
        assertEquals(List.of(), SubsetKey.of(List.of("b"), HOST, true));
        assertEquals(List.of("c\n\"[1]\"\n"), SubsetKey.of(List.of("c"), HOST, true));
    }

    @Test
    void listsOfSeveralKeysAreCombined() {
        Map<String, String> host = Map.of("a", "[1,2,1]", "b", "[3,4]");
        assertEquals(
                List.of("a\n1\nb\n3\n", "a\n1\nb\n4\n", "a\n2\nb\n3\n", "a\n2\nb\n4\n"),
                SubsetKey.of(List.of("a", "b"), host, true));
        assertEquals(List.of(), SubsetKey.of(List.of("a", "z"), host, true));
    }

    @Test
    void aHostWithTooManyCombinationsIsInNoSubset() {
        Map<String, String> host = Map.of("a", list(32), "b", list(32), "c", "[1,2]", "d", "[1]");
        assertEquals(1_024, SubsetKey.of(List.of("a", "b", "d"), host, true).size());
        assertEquals(List.of(), SubsetKey.of(List.of("a", "b", "c"), host, true));
        assertEquals(1, SubsetKey.of(List.of("a", "b", "c"), host, false).size());
    }

    private static String list(int size) {
        return IntStream.range(0, size)
                .mapToObj(Integer::toString)
                .collect(Collectors.joining(",", "[", "]"));
    }

    @Test
    void aHostHasWhatOneOfItsValuesIs() {
        assertTrue(SubsetKey.has(HOST, Map.of("a", "1"), true));
        assertFalse(SubsetKey.has(HOST, Map.of("a", "1"), false));
        assertFalse(SubsetKey.has(HOST, Map.of("a", "1", "z", "1"), true));
    }

    @Test
    void aKeyIsReducedToSomeOfItsNames() {
        String key = SubsetKey.of(Map.of("a", "1", "b", "2", "c", "3"));
        assertEquals(List.of("a", "b", "c"), SubsetKey.names(key));
        assertEquals("a\n1\nc\n3\n", SubsetKey.only(key, List.of("a", "c", "z")));
    }
}
