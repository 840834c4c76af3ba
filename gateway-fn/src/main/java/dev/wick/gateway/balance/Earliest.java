package dev.wick.gateway.balance;

/**
 * Earliest deadline first: each host is due again after 1 / its weight, as that is when it gets a
 * request. For weights that change between requests, with activity or in a slow start; to choose
 * costs the logarithm of the hosts.
 */
final class Earliest extends Source {

    private final int index;
    private final Member[] members;
    private final BalancerSettings settings;

    Earliest(int index, Member[] members, BalancerSettings settings) {
        this.index = index;
        this.members = members;
        this.settings = settings;
    }

    @Override
    Member pick(Turns turns, long hash, int attempt) {
        Queue queue = (Queue) turns.own(index);
        if (queue == null) {
            queue = new Queue(turns);
            turns.own(index, queue);
        }
        return members[queue.next()];
    }

    /** What each host counts for at this moment. */
    private double weight(Member member, long now) {
        double weight = member.attributes().weight();
        if (settings.policy() == LbPolicy.LEAST_REQUEST) {
            double bias = settings.activeRequestBias();
            int active = member.active() + 1;
            weight =
                    bias == 1
                            ? weight / active
                            : bias == 0 ? weight : weight / Math.pow(active, bias);
        }
        return settings.slowStart() == null
                ? weight
                : weight * settings.slowStart().factor(member, now);
    }

    /**
     * One loop's queue: a binary heap of hosts by deadline, of equals the one that waits longer.
     */
    private final class Queue {

        private final int[] heap = new int[members.length];
        private final double[] due = new double[members.length];
        private final long[] since = new long[members.length];
        private long entered;

        Queue(Turns turns) {
            long now = System.nanoTime();
            for (int i = 0; i < heap.length; i++) {
                heap[i] = i;
                // Begun anywhere in its period, so that the loops do not go in step.
                due[i] = (turns.random() >>> 11) * 0x1.0p-53 / weight(members[i], now);
                since[i] = entered++;
            }
            for (int i = heap.length / 2 - 1; i >= 0; i--) {
                sink(i);
            }
        }

        int next() {
            int first = heap[0];
            due[first] += 1 / weight(members[first], System.nanoTime());
            since[first] = entered++;
            sink(0);
            return first;
        }

        private void sink(int from) {
            int place = from;
            int sinking = heap[place];
            while (true) {
                int child = 2 * place + 1;
                if (child >= heap.length) {
                    break;
                }
                if (child + 1 < heap.length && before(heap[child + 1], heap[child])) {
                    child++;
                }
                if (!before(heap[child], sinking)) {
                    break;
                }
                heap[place] = heap[child];
                place = child;
            }
            heap[place] = sinking;
        }

        private boolean before(int one, int other) {
            return due[one] < due[other] || (due[one] == due[other] && since[one] < since[other]);
        }
    }
}
