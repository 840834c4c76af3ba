package dev.wick.gateway.balance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.wick.hash.XxHash;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Hosts chosen by how busy they are. That bounded loads go where Envoy's do, the twin tests say.
 */
class BusyHostsTest {

    private final Counted counted = new Counted();
    private final Turns turns = new Turns(0, counted);
    private final List<Hostlike> hosts = new ArrayList<>();

    BusyHostsTest() {
        for (int i = 0; i < 5; i++) {
            hosts.add(new Hostlike(i));
        }
    }

    @Test
    void aFullScanFindsTheLeastBusyAndAmongEqualsAny() {
        Balancer balancer = balancer(LbPolicy.LEAST_REQUEST, true, 0);
        hosts.forEach(host -> host.active = 3);
        hosts.get(4).active = 2;
        for (int i = 0; i < 50; i++) {
            assertSame(hosts.get(4), turns.choose(balancer, null));
        }
        hosts.get(1).active = 2;
        Map<String, Integer> shares = new TreeMap<>();
        for (int i = 0; i < 2_000; i++) {
            shares.merge(String.valueOf(turns.choose(balancer, null).text()), 1, Integer::sum);
        }
        assertEquals("[127.0.0.1:1, 127.0.0.1:4]", shares.keySet().toString());
        assertEquals(1_000, shares.get("127.0.0.1:4"), 150);
    }

    @Test
    void aHostThatHasItsShareIsPassedOverForTheSameOtherAsLongAsItHas() {
        for (LbPolicy policy : new LbPolicy[] {LbPolicy.RING_HASH, LbPolicy.MAGLEV}) {
            hosts.forEach(host -> host.active = 0);
            counted.active = 0;
            Balancer balancer = balancer(policy, false, 150);
            Hostlike own = choose(balancer, "key");

            // 11 run: (11 * 150 + 99) / 100 = 17 slots, 4 for each of five hosts.
            counted.active = 10;
            own.active = 4;
            assertSame(own, choose(balancer, "key"));
            own.active = 5;
            Hostlike other = choose(balancer, "key");
            assertNotSame(own, other);
            assertSame(other, choose(balancer, "key"));

            other.active = 5;
            Hostlike third = choose(balancer, "key");
            assertNotSame(own, third);
            assertNotSame(other, third);
        }
    }

    @Test
    void whereAllHaveTooMuchTheLeastLoadedIsTaken() {
        Balancer balancer = balancer(LbPolicy.RING_HASH, false, 100);
        hosts.forEach(host -> host.active = 9);
        hosts.get(2).active = 8;
        assertSame(hosts.get(2), choose(balancer, "any"));
    }

    private Hostlike choose(Balancer balancer, String key) {
        Selection wanted = new Selection();
        wanted.hashed = true;
        wanted.hash = XxHash.of(key);
        return (Hostlike) turns.choose(balancer, wanted);
    }

    private Balancer balancer(LbPolicy policy, boolean fullScan, int factor) {
        return Balancer.of(
                new BalancerSettings(
                        policy, 2, 1, null, 1024, 8_388_608, false, 65_537, false, 50, false, 140,
                        false, Map.of(), null, fullScan, factor),
                hosts);
    }
}
