package dev.wick.store.explain;

import dev.wick.entry.ChainTable;
import dev.wick.entry.compile.EntryCompiler;
import dev.wick.model.FilterChain;
import dev.wick.model.Listener;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Which filter chain of a listener takes the connection of a question. */
final class ChainChoice {

    private ChainChoice() {}

    /**
     * Null: none.
     *
     * @param steps hears why
     */
    static @Nullable FilterChain of(Listener listener, Question question, List<String> steps) {
        String asked = question.chain();
        FilterChain first = listener.filterChains().getFirst();
        boolean one = listener.allChains().size() == 1 && first.equals(FilterChain.UNNAMED);
        if (asked == null && one) {
            return first;
        }
        String name = asked == null ? table(listener, question) : asked;
        for (FilterChain chain : listener.allChains()) {
            if (chain.name().equals(name)) {
                steps.add(
                        "filter chain "
                                + (chain.name().isEmpty() ? "(unnamed)" : chain.name())
                                + (asked == null ? ": matches the connection" : ": as asked"));
                return chain;
            }
        }
        FilterChain otherwise = asked == null ? listener.defaultFilterChain() : null;
        steps.add(
                otherwise == null
                        ? "filter chain: none takes the connection"
                        : "filter chain " + otherwise.name() + ": no other takes the connection");
        return otherwise;
    }

    private static @Nullable String table(Listener listener, Question question) {
        byte[] source = question.sourceOctets();
        byte[] bound = InetAddress.ofLiteral(listener.address()).getAddress();
        ChainTable<String> table = EntryCompiler.chains(listener.filterChains());
        return table.find(new ChainTable.Ends(bound, listener.port(), source, source, 0));
    }
}
