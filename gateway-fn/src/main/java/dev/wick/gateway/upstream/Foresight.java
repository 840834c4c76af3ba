package dev.wick.gateway.upstream;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Makes connections for requests that are to come, at hosts that may be chosen for them: Envoy's
 * predictive preconnecting, in which the hosts are guessed.
 */
final class Foresight {

    private static final int MOST_AT_ONCE = 3;

    private Foresight() {}

    /**
     * A request was sent. On its loop; looks at each host, so only for clusters that ask for it.
     */
    static void look(HostSet set, ClusterOnLoop onLoop, Speech speech, boolean high, double ratio) {
        Host[] hosts = set.hosts();
        long room = 0;
        long running = 0;
        long all = 0;
        for (Host host : hosts) {
            Pool pool = host.known(onLoop, speech, high);
            if (pool != null) {
                room += pool.room();
                running += pool.running();
                all += pool.active();
            }
        }
        for (int made = 0; made < MOST_AT_ONCE; made++) {
            if ((all + 1) * ratio <= room + running) {
                return;
            }
            Host guessed = hosts[ThreadLocalRandom.current().nextInt(hosts.length)];
            Pool pool = guessed.pool(onLoop, speech, high);
            long before = pool.room();
            if (!pool.foresee(ratio)) {
                return;
            }
            room += pool.room() - before;
        }
    }
}
