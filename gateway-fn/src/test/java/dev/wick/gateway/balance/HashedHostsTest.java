package dev.wick.gateway.balance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.hash.XxHash;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The hosts were chosen by Envoy 1.40 for header values key-0, key-1, ...; the last digit counts.
 */
class HashedHostsTest {

    private static final List<Member> FIVE =
            List.of(
                    Hostlike.weighing(29001, 1),
                    Hostlike.weighing(29002, 2),
                    Hostlike.weighing(29003, 3),
                    Hostlike.weighing(29004, 1),
                    Hostlike.weighing(29005, 1));

    @Test
    void aRingSendsEachKeyWhereEnvoySendsIt() {
        assertEquals(
                "1 2 3 2 3 3 3 4 1 4 5 3 2 2 5 2 3 2 3 2 1 3 5 2"
                        + " 4 2 2 4 3 3 3 2 3 2 1 1 3 3 2 5 4 3 2 3 1 5 3 4",
                chosen(BalancerSettings.of(LbPolicy.RING_HASH), FIVE));
    }

    @Test
    void aRingByMurmurHashSendsEachKeyWhereEnvoySendsIt() {
        assertEquals(
                "5 2 3 1 4 2 3 3 3 1 2 3 1 1 3 1 2 3 1 4 2 2 3 2"
                        + " 2 2 3 2 3 3 3 3 3 2 3 1 1 1 2 1 3 5 3 5 3 2 3 5",
                chosen(hashing(LbPolicy.RING_HASH, 64, true, 65_537), FIVE));
    }

    @Test
    void maglevSendsEachKeyWhereEnvoySendsIt() {
        assertEquals(
                "3 4 2 4 3 5 4 2 3 2 3 1 3 2 3 3 3 2 4 3 5 2 5 5"
                        + " 3 2 3 4 3 2 2 5 5 3 3 3 2 5 3 5 2 2 3 1 3 3 2 4",
                chosen(BalancerSettings.of(LbPolicy.MAGLEV), FIVE));
    }

    @Test
    void aSmallMaglevTableSendsEachKeyWhereEnvoySendsIt() {
        assertEquals(
                "5 1 5 3 3 5 3 5 3 5 1 5 3 5 3 1 3 1 5 1 1 3 5 1"
                        + " 1 1 3 5 5 5 5 3 3 1 1 1 3 3 3 5 1 5 5 5 1 5 3 1",
                chosen(
                        hashing(LbPolicy.MAGLEV, 1024, false, 101),
                        List.of(new Hostlike(29005), new Hostlike(29003), new Hostlike(29001))));
    }

    @Test
    void aHashKeyInTheMetadataTakesTheAddressesPlace() {
        assertEquals(
                "3 3 2 2 3 3 3 3 2 2 2 3 1 3 3 1 3 1 3 2 3 3 2 2"
                        + " 2 1 2 2 3 2 3 1 2 1 1 3 2 2 2 1 2 1 2 1 1 3 3 3",
                chosen(
                        BalancerSettings.of(LbPolicy.RING_HASH),
                        List.of(
                                Hostlike.tagged(29001, Map.of("hash_key", "\"alpha\"")),
                                Hostlike.tagged(29002, Map.of("hash_key", "\"beta\"")),
                                new Hostlike(29003))));
    }

    @Test
    void theHashDecidesOnThePriorityToo() {
        assertEquals(
                "1 5 5 4 1 1 1 4 1 4 1 1 5 4 1 1 4 4 1 1 5 4 1 1"
                        + " 1 1 1 4 1 5 1 5 1 5 4 1 5 5 4 5 4 5 1 5 1 1 1 4",
                chosen(
                        BalancerSettings.of(LbPolicy.RING_HASH),
                        List.of(
                                new Hostlike(29001),
                                Hostlike.of(29002, 0, Member.FAILED_EDS_HEALTH),
                                Hostlike.of(29003, 0, Member.FAILED_EDS_HEALTH),
                                Hostlike.of(29004, 1, 0),
                                Hostlike.of(29005, 1, 0))));
    }

    @Test
    void degradedHostsHaveNoPlaceOnARing() {
        BalancerSettings settings = BalancerSettings.of(LbPolicy.RING_HASH);
        List<Member> hosts =
                List.of(
                        Hostlike.of(29001, 0, Member.DEGRADED_EDS_HEALTH),
                        Hostlike.of(29002, 0, Member.DEGRADED_EDS_HEALTH));
        assertNull(choose(Balancer.of(settings, hosts), "key-0"));
        List<Member> three = List.of(hosts.get(0), hosts.get(1), new Hostlike(29003));
        assertEquals("3 ".repeat(48).strip(), chosen(settings, three));
    }

    @Test
    void aRingIsTakenOverWhileItsHostsAreTheSame() {
        BalancerSettings settings = BalancerSettings.of(LbPolicy.RING_HASH);
        Hostlike changing = new Hostlike(29006);
        List<Member> hosts = new ArrayList<>(FIVE);
        hosts.add(changing);
        Balancer first = Balancer.of(settings, hosts);

        changing.flag(Member.ACTIVE_HC_TIMEOUT, true);
        Balancer second = Balancer.of(settings, hosts, first);
        assertSame(first.placed(0), second.placed(0));

        changing.flag(Member.FAILED_ACTIVE_HC, true);
        Balancer third = Balancer.of(settings, hosts, second);
        assertEquals(chosen(settings, FIVE), chosen(third));
    }

    @Test
    void theRingOfAHostThatWeighsNextToNothingIsKnownToBeLarge() {
        BalancerSettings settings = BalancerSettings.of(LbPolicy.RING_HASH);
        assertTrue(Balancer.places(settings, FIVE) < 2_000);
        assertEquals(
                8_388_608,
                Balancer.places(
                        settings,
                        List.of(
                                Hostlike.weighing(29001, 1),
                                Hostlike.weighing(29002, 100_000_000))));
    }

    private static String chosen(BalancerSettings settings, List<Member> hosts) {
        return chosen(Balancer.of(settings, hosts));
    }

    private static String chosen(Balancer balancer) {
        StringBuilder ports = new StringBuilder();
        for (int i = 0; i < 48; i++) {
            Member member = choose(balancer, "key-" + i);
            String text = member == null ? "-" : member.text();
            ports.append(i == 0 ? "" : " ").append(text.charAt(text.length() - 1));
        }
        return ports.toString();
    }

    private static Member choose(Balancer balancer, String key) {
        Selection wanted = new Selection();
        wanted.hashed = true;
        wanted.hash = XxHash.of(key);
        return new Turns(0, new Counted()).choose(balancer, wanted);
    }

    private static BalancerSettings hashing(
            LbPolicy policy, long ring, boolean murmur, int tableSize) {
        return new BalancerSettings(
                policy, 2, 1, null, ring, 8_388_608, murmur, tableSize, false, 50, false, 140,
                false, Map.of(), null);
    }
}
