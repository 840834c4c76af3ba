package dev.wick.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DomainNameTest {

    @ParameterizedTest
    @CsvSource({
        "example.com, example.com",
        "Example.COM, example.com",
        "example.com., example.com",
        "EXAMPLE.com.:8080, example.com:8080",
        "example.com:80, example.com:80",
        "*.Example.com, *.example.com",
        "API.*, api.*",
        "*, *",
        "*:8080, *:8080",
        "[2001:DB8::1]:8080, [2001:db8::1]:8080",
        "[::1], [::1]",
        "BÜCHER.example:80, xn--bcher-kva.example:80",
        "bücher.example., xn--bcher-kva.example",
        ".,.",
    })
    void caseTrailingDotAndAlphabetDoNotMatterAndThePortStays(String domain, String normal) {
        assertEquals(normal, DomainName.normalise(domain));
        assertEquals(normal, DomainName.normalise(normal));
    }

    @Test
    void whatIsNormalAlreadyIsNotCopied() {
        String host = "api.example.com:8080";

        assertSame(host, DomainName.normalise(host));
    }

    @Test
    void anyTextHasANormalFormWhichIsItsOwn() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(12); i > 0; i--) {
                text.append("aB.:*[]-ü\u3002\u0130%\ud83d\ude00 1".charAt(random.nextInt(16)));
            }
            String normal = DomainName.normalise(text.toString());

            assertEquals(normal, DomainName.normalise(normal), "seed " + seed + ", text " + text);
        }
    }

    @Test
    void aLookUpGoesFromTheMostToTheLeastSpecific() {
        assertEquals(
                List.of(
                        "a.bc.de:80",
                        "a.bc.de",
                        "*.bc.de:80",
                        "*.bc.de",
                        "*bc.de:80",
                        "*bc.de",
                        "*c.de:80",
                        "*c.de",
                        "*.de:80",
                        "*.de",
                        "*de:80",
                        "*de",
                        "*e:80",
                        "*e",
                        "a.bc.d*",
                        "a.bc.*",
                        "a.bc*",
                        "a.b*",
                        "a.*",
                        "a*",
                        "*:80",
                        "*"),
                tried("a.bc.de:80", true));
    }

    @Test
    void aLookUpTriesOnlyWildcardsOfLengthsThatThereAre() {
        assertEquals(List.of("a.bc.de", "*.bc.de", "a.*", "*"), tried("a.bc.de", false));
    }

    private static List<String> tried(String authority, boolean everyLength) {
        List<String> tried = new ArrayList<>();
        Object found =
                DomainName.<Object>find(
                        authority,
                        length -> everyLength || length == 6,
                        length -> everyLength || length == 2,
                        domain -> {
                            tried.add(domain);
                            return null;
                        });
        assertNull(found);
        return tried;
    }

    @ParameterizedTest
    @CsvSource({
        // domain, authority, covers
        "a.com, a.com, true",
        "a.com, a.com:80, true",
        "a.com:80, a.com:80, true",
        "a.com:80, a.com, false",
        "a.com:80, a.com:81, false",
        "*.a.com, b.a.com:80, true",
        "*.a.com, c.b.a.com, true",
        "*.a.com, a.com, false",
        "*.a.com, .a.com, false",
        "*.a.com:80, b.a.com:80, true",
        "*.a.com:80, b.a.com, false",
        "*-x.a.com, b-x.a.com, true",
        "*-x.a.com, -x.a.com, false",
        "a.*, a.com:80, true",
        "a.*, a., false",
        "a.*, ab.com, false",
        "*, anything:80, true",
        "*:80, anything:80, true",
        "*:80, anything, false",
        "[::1], [::1]:80, true",
        "[::1]:80, [::1]:80, true",
    })
    void aDomainWithoutAPortMeetsAnyPortAndAWildcardAtLeastOneCharacter(
            String domain, String authority, boolean covers) {
        assertEquals(covers, DomainName.covers(domain, authority));
    }

    @Test
    void aLookUpFindsADomainExactlyIfOneCoversTheAuthority() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < 5_000; round++) {
            Set<String> domains = new TreeSet<>();
            for (int i = random.nextInt(4); i >= 0; i--) {
                domains.add(domain(random));
            }
            String authority = name(random) + (random.nextBoolean() ? ":80" : "");
            String found =
                    DomainName.<String>find(
                            authority,
                            length -> anyWildcard(domains, true, length),
                            length -> anyWildcard(domains, false, length),
                            domain -> domains.contains(domain) ? domain : null);
            String message = "seed " + seed + ": " + authority + " in " + domains + ": " + found;

            assertEquals(
                    domains.stream().anyMatch(d -> DomainName.covers(d, authority)),
                    found != null,
                    message);
            assertTrue(found == null || DomainName.covers(found, authority), message);
            assertTrue(isBest(found, domains, authority), message);
        }
    }

    private static boolean anyWildcard(Set<String> domains, boolean suffix, int length) {
        return domains.stream()
                .filter(
                        d ->
                                suffix
                                        ? DomainName.isSuffixWildcard(d)
                                        : DomainName.isPrefixWildcard(d))
                .anyMatch(d -> DomainName.wildcardLength(d) == length);
    }

    private static boolean isBest(@Nullable String found, Set<String> domains, String authority) {
        return found == null
                || domains.stream()
                        .filter(d -> DomainName.covers(d, authority))
                        .allMatch(d -> rank(d) <= rank(found));
    }

    /** Envoy's order in one number: kind of match, then length of the name, then port. */
    private static int rank(String domain) {
        String name = DomainName.withoutPort(domain);
        int kind =
                name.equals("*")
                        ? 0
                        : DomainName.isPrefixWildcard(name)
                                ? 1
                                : DomainName.isSuffixWildcard(name) ? 2 : 3;
        return kind * 10_000 + name.length() * 10 + (name.length() < domain.length() ? 1 : 0);
    }

    private static String domain(Random random) {
        String port = random.nextInt(3) == 0 ? ":80" : "";
        return switch (random.nextInt(4)) {
            case 0 -> "*" + port;
            case 1 -> "*" + name(random).substring(1) + "a" + port;
            case 2 -> name(random) + "*";
            default -> name(random) + port;
        };
    }

    private static String name(Random random) {
        StringBuilder name = new StringBuilder();
        for (int i = random.nextInt(4); i >= 0; i--) {
            name.append("ab.".charAt(random.nextInt(3)));
        }
        return name.toString();
    }
}
