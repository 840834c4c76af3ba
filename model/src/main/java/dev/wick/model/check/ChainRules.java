package dev.wick.model.check;

import dev.wick.model.FilterChain;
import dev.wick.model.FilterChainMatch;
import dev.wick.model.HttpOptions;
import dev.wick.model.Listener;
import dev.wick.model.Problem;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What must hold of a listener and of its filter chains. One rule per record. */
public final class ChainRules {

    /** Connections choose among so many at most, each product of a chain's values counted. */
    private static final int MOST_COMBINATIONS = 10_000;

    private static final long LONGEST_MILLIS = 365L * 24 * 3_600_000;

    private ChainRules() {}

    public static void listener(Listener listener, Findings findings) {
        findings.text("name", listener.name(), Syntax.documentName(listener.name()));
        findings.text("address", listener.address(), Syntax.ip(listener.address()));
        if (listener.port() < 1 || listener.port() > 65_535) {
            findings.add("port", Integer.toString(listener.port()), "1-65535");
        }
        if (listener.filterChains().isEmpty()) {
            findings.add("filterChains", "[]", "a list of at least 1");
        }
        Duration time = listener.acceptance().listenerFiltersTimeout();
        long timeout = time.toMillis();
        if (timeout < 0 || timeout > LONGEST_MILLIS) {
            findings.add("listenerFiltersTimeout", Spelling.of(time), "0s to 8760h");
        }
        names(listener, findings);
        matches(listener, findings);
        FilterChain otherwise = listener.defaultFilterChain();
        if (otherwise != null && !otherwise.match().equals(FilterChainMatch.ANY)) {
            findings.enter("defaultFilterChain");
            findings.add("match", "something", "nothing: it takes what is left");
            findings.leave();
        }
    }

    private static void names(Listener listener, Findings findings) {
        Set<String> before = new HashSet<>();
        for (int i = 0; i < listener.filterChains().size(); i++) {
            String name = listener.filterChains().get(i).name();
            if (!before.add(name)) {
                findings.enter("filterChains");
                findings.enter(i);
                findings.add(
                        "name", Problem.shown(name), "each name once, and one without at most");
                findings.leave();
                findings.leave();
            }
        }
        FilterChain otherwise = listener.defaultFilterChain();
        if (otherwise != null && !before.add(otherwise.name())) {
            findings.enter("defaultFilterChain");
            findings.add(
                    "name",
                    Problem.shown(otherwise.name()),
                    "a name of no other chain of the listener");
            findings.leave();
        }
    }

    private static void matches(Listener listener, Findings findings) {
        Map<String, Integer> before = new HashMap<>();
        int left = MOST_COMBINATIONS;
        findings.enter("filterChains");
        for (int i = 0; i < listener.filterChains().size() && left >= 0; i++) {
            findings.enter(i);
            for (String key : combinations(listener.filterChains().get(i).match())) {
                Integer first = left-- > 0 ? before.putIfAbsent(key, i) : null;
                if (left < 0) {
                    findings.add("match", "more combinations", "at most " + MOST_COMBINATIONS);
                    break;
                }
                if (first != null) {
                    findings.add(
                            "match",
                            "what filterChains[" + first + "] matches",
                            "something that no other chain matches");
                    break;
                }
            }
            findings.leave();
        }
        findings.leave();
    }

    /** All that a match could take, one text each; only those that are well-formed. */
    private static List<String> combinations(FilterChainMatch match) {
        Integer port = match.destinationPort();
        List<String> all = List.of((port == null ? "" : port) + " " + match.sourceType());
        all = times(all, ranges(match.prefixRanges()));
        all = times(all, ranges(match.directSourcePrefixRanges()));
        all = times(all, ranges(match.sourcePrefixRanges()));
        List<String> ports = new ArrayList<>();
        match.sourcePorts().forEach(one -> ports.add(one.toString()));
        return times(all, ports);
    }

    private static List<String> times(List<String> all, List<String> values) {
        if (values.isEmpty()) {
            return all;
        }
        List<String> product = new ArrayList<>();
        for (String one : all) {
            for (String value : values) {
                if (product.size() <= MOST_COMBINATIONS) {
                    product.add(one + " " + value);
                }
            }
        }
        return product;
    }

    /** None is every address of both families. */
    private static List<String> ranges(List<String> ranges) {
        List<String> normal = new ArrayList<>();
        for (String range : ranges.isEmpty() ? List.of("0.0.0.0/0", "::/0") : ranges) {
            if (Syntax.cidr(range) == null) {
                normal.add(normal(range));
            }
        }
        return normal;
    }

    private static String normal(String range) {
        int slash = range.indexOf('/');
        byte[] address = InetAddress.ofLiteral(range.substring(0, slash)).getAddress();
        int length = Integer.parseInt(range.substring(slash + 1));
        for (int bit = length; bit < 8 * address.length; bit++) {
            address[bit / 8] &= (byte) ~(0x80 >> bit % 8);
        }
        return HexFormat.of().formatHex(address) + "/" + length;
    }

    /** All rules of the chains of a listener. */
    static void walk(Listener listener, Findings findings) {
        Check.each("filterChains", listener.filterChains(), ChainRules::within, findings);
        if (listener.defaultFilterChain() != null) {
            Check.one(
                    "defaultFilterChain",
                    listener.defaultFilterChain(),
                    ChainRules::within,
                    findings);
        }
    }

    private static void within(FilterChain chain, Findings findings) {
        chain(chain, findings);
        Check.one("match", chain.match(), ChainRules::match, findings);
        HttpOptions http = chain.http();
        if (http != null) {
            Check.one("http", http, HttpRules::walk, findings);
        }
    }

    public static void chain(FilterChain chain, Findings findings) {
        String name = chain.name();
        if (!name.isEmpty()) {
            boolean good = Syntax.documentName(name) == null && !name.equals("-");
            findings.text(
                    "name", name, good ? null : "1-253 characters of a-z A-Z 0-9 . _ -, not -");
        }
    }

    public static void match(FilterChainMatch match, Findings findings) {
        Integer port = match.destinationPort();
        if (port != null && (port < 1 || port > 65_535)) {
            findings.add("destinationPort", port.toString(), "1-65535");
        }
        EdgeRules.cidrs("prefixRanges", match.prefixRanges(), findings);
        EdgeRules.cidrs("directSourcePrefixRanges", match.directSourcePrefixRanges(), findings);
        EdgeRules.cidrs("sourcePrefixRanges", match.sourcePrefixRanges(), findings);
        findings.enter("sourcePorts");
        for (int i = 0; i < match.sourcePorts().size(); i++) {
            int one = match.sourcePorts().get(i);
            if (one < 1 || one > 65_535) {
                findings.enter(i);
                findings.add(Integer.toString(one), "1-65535");
                findings.leave();
            }
        }
        findings.leave();
    }
}
