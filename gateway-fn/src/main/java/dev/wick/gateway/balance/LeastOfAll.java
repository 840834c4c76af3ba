package dev.wick.gateway.balance;

/** Of all hosts the least busy; of equals any. */
final class LeastOfAll extends Source {

    private final Member[] members;

    LeastOfAll(Member[] members) {
        this.members = members;
    }

    @Override
    Member pick(Turns turns, long hash, int attempt) {
        Member best = members[0];
        int least = best.active();
        int equals = 1;
        for (int i = 1; i < members.length; i++) {
            int active = members[i].active();
            if (active < least) {
                best = members[i];
                least = active;
                equals = 1;
            } else if (active == least) {
                // Each of those seen so far stays with the same chance.
                equals++;
                best = turns.random(equals) == 0 ? members[i] : best;
            }
        }
        return best;
    }
}
