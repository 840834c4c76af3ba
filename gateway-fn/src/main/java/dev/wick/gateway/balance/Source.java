package dev.wick.gateway.balance;

import org.jspecify.annotations.Nullable;

/** Hosts, any of which may get a request, and how one is picked. Immutable; shared by the loops. */
abstract class Source {

    static final Source NONE =
            new Source() {
                @Override
                @Nullable Member pick(Turns turns, long hash, int attempt) {
                    return null;
                }
            };

    /**
     * One of the hosts, or null where there is none.
     *
     * @param hash for those that hash
     * @param attempt 0, and more for each host that was picked and refused
     */
    abstract @Nullable Member pick(Turns turns, long hash, int attempt);
}
