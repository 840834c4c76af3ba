package dev.wick.gateway.balance;

/** Of some hosts at random the least busy; the first of equals. */
final class LeastRequest extends Source {

    private final Member[] members;
    private final int choices;

    /**
     * @param choices how many are looked at, 2 or more
     */
    LeastRequest(Member[] members, int choices) {
        this.members = members;
        this.choices = choices;
    }

    @Override
    Member pick(Turns turns, long hash, int attempt) {
        Member best = members[turns.random(members.length)];
        int least = best.active();
        for (int i = 1; i < choices; i++) {
            Member other = members[turns.random(members.length)];
            int active = other.active();
            if (active < least) {
                best = other;
                least = active;
            }
        }
        return best;
    }
}
