package dev.wick.model.check;

import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RegexesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/.*",
                "/v[0-9]+/(users|groups)(/.*)?",
                "(?i)/x",
                "a{2,5}b{3}",
                "\\pL+\\p{Greek}",
                "[^]a]{100}",
                "\\{1000\\}{9}",
                "[{1000}]{9}",
                "(?P<n>a)",
                "[[:alpha:]{1000}]",
                "\\x{41}{3}",
                "a{1000}",
                "x{",
                "x{a}",
                "((a{10}){10}){10}",
                ""
            })
    void expressionsOfRe2AreGood(String regex) {
        assertNull(Regexes.expected(regex));
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "a**", "[a", "\\1", "(?=x)", "a{1001}", "*", ")", "a\\"})
    void whatRe2DoesNotTakeIsRefusedInItsWords(String regex) {
        String expected = Regexes.expected(regex);

        assertNotNull(expected);
        assertTrue(expected.startsWith("RE2 syntax: "), expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\x{100}", "[a-\\x{3b1}]", "(?i)a\\x{10FFFF}*"})
    void aCharacterThatIsNoOctetIsRefused(String regex) {
        String expected = Regexes.expected(regex);

        assertNotNull(expected);
        assertTrue(expected.startsWith("octets: no more than \\xff, not \\x{"), expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"[\u03c9-\u03b1]+", "\u00e9+", "\\x{ff}", "[\\x80-\\xff]"})
    void anExpressionIsOfOctets(String regex) {
        assertNull(Regexes.expected(regex));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "((a{1000}){1000}){1000}",
                "(a{1000}){1000}",
                "(([a-z]{999,}){999}x)*",
                "(?:(?:a{100}|b){100}c){2}",
                "((((((((((a{9}){9}){9}){9}){9}){9}){9}){9}){9}){9}"
            })
    void repetitionsThatTakeAllMemoryAreRefusedBeforeTheyDo(String regex) {
        String expected = Regexes.expected(regex);

        assertNotNull(expected);
        assertTrue(expected.contains("at most 10000 instructions"), expected);
    }

    @Test
    void groupsNestedWithoutEndAreRefused() {
        assertNotNull(Regexes.expected("(".repeat(2_000) + ")".repeat(2_000)));
        assertNull(Regexes.expected("(".repeat(100) + "a" + ")".repeat(100)));
    }

    @Test
    void noExpressionThatIsLetThroughIsMuchLargerThanItWasFoundToBe() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        int compiled = 0;
        for (int round = 0; round < 20_000; round++) {
            StringBuilder regex = new StringBuilder();
            for (int i = random.nextInt(14); i >= 0; i--) {
                regex.append(PARTS[random.nextInt(PARTS.length)]);
            }
            String text = regex.toString();
            if (Regexes.expected(text) == null) {
                compiled++;
                assertTrue(size(text) < 3 * Regexes.LARGEST, "seed " + seed + ": " + text);
            }
        }
        assertTrue(compiled > 1_000, "compiled: " + compiled);
    }

    private static final String[] PARTS = {
        "a", "(", "(", ")", ")", "{9}", "{50,}", "{2,90}", "[a-c]", "\\d", "\\{", "[{]", "|", "*",
        "?", "(?:", "x{", "}", "\\Q", "\\E", "^", "$", "."
    };

    private static int size(String regex) {
        try {
            return Pattern.compile(regex).programSize();
        } catch (PatternSyntaxException e) {
            throw new AssertionError(e);
        }
    }
}
