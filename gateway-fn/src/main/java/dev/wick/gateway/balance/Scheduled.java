package dev.wick.gateway.balance;

import org.jspecify.annotations.Nullable;

/** Sources one after the other, as often as their weights say. */
final class Scheduled extends Source {

    private final int index;
    private final int[] order;
    private final Source[] sources;

    /**
     * @param order of {@link Schedule}; one or more
     */
    Scheduled(int index, int[] order, Source[] sources) {
        this.index = index;
        this.order = order;
        this.sources = sources;
    }

    @Override
    @Nullable Member pick(Turns turns, long hash, int attempt) {
        return sources[order[turns.turn(index, order.length)]].pick(turns, hash, attempt);
    }
}
