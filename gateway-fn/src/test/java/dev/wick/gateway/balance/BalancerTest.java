package dev.wick.gateway.balance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.wick.gateway.balance.BalancerSettings.LocalityKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BalancerTest {

    private final Counted counted = new Counted();
    private final Turns turns = new Turns(0, counted);

    @Test
    void roundRobinTakesOneAfterTheOther() {
        List<Member> hosts = List.of(new Hostlike(1), new Hostlike(2), new Hostlike(3));
        Balancer balancer = Balancer.of(BalancerSettings.DEFAULT, hosts);
        int first = hosts.indexOf(turns.choose(balancer, null));
        for (int i = 1; i < 7; i++) {
            assertSame(hosts.get((first + i) % 3), turns.choose(balancer, null));
        }
    }

    @Test
    void roundRobinGivesEachHostItsWeightInEveryRound() {
        List<Member> hosts =
                List.of(
                        Hostlike.weighing(1, 10), Hostlike.weighing(2, 20),
                        Hostlike.weighing(3, 30), Hostlike.weighing(4, 40));
        Balancer balancer = Balancer.of(BalancerSettings.DEFAULT, hosts);
        assertEquals("{1=1, 2=2, 3=3, 4=4}", shares(balancer, null, 10));
        assertEquals("{1=1, 2=2, 3=3, 4=4}", shares(balancer, null, 10));
    }

    @Test
    void weightsThatHaveNoShortRoundAreRounded() {
        List<Member> hosts =
                List.of(
                        Hostlike.weighing(1, 4_294_967_295L),
                        Hostlike.weighing(2, 4_294_967_294L),
                        Hostlike.weighing(3, 1));
        Balancer balancer = Balancer.of(BalancerSettings.DEFAULT, hosts);
        Map<String, Integer> shares = counts(balancer, null, 65_537);
        assertEquals(1, shares.get("3"));
        assertEquals(32_768, shares.get("1"), 1);
    }

    @Test
    void theLessBusyOfTwoIsTaken() {
        Hostlike busy = new Hostlike(1);
        busy.active = 5;
        BalancerSettings settings = BalancerSettings.of(LbPolicy.LEAST_REQUEST);
        Balancer balancer = Balancer.of(settings, List.of(busy, new Hostlike(2)));
        Map<String, Integer> shares = counts(balancer, null, 10_000);
        // Two draws of two: the busy one only where it is drawn twice.
        assertEquals(2_500, shares.get("1"), 300);
    }

    @Test
    void activityTakesFromTheWeight() {
        Hostlike heavy = Hostlike.weighing(1, 4);
        heavy.active = 3;
        BalancerSettings settings = BalancerSettings.of(LbPolicy.LEAST_REQUEST);
        Balancer balancer = Balancer.of(settings, List.of(heavy, Hostlike.weighing(2, 3)));
        assertEquals("{1=25, 2=75}", shares(balancer, null, 100));
    }

    @Test
    void aNewHostIsGivenLessAtFirst() {
        SlowStart slow = new SlowStart(TimeUnit.DAYS.toNanos(1), 1, 0.1);
        BalancerSettings settings = settings(LbPolicy.ROUND_ROBIN, slow, 50, false, Map.of());
        Hostlike old = Hostlike.of(1, 0, Member.DEGRADED_EDS_HEALTH);
        Hostlike young = new Hostlike(2);
        Balancer balancer = Balancer.of(settings, List.of(young, new Hostlike(3), old));
        assertTrue(balancer.staleNanos() != 0);
        long now = System.nanoTime();
        assertEquals(0.1, slow.factor(young, now), 1e-9);
        assertEquals(1, slow.factor(young, now + TimeUnit.DAYS.toNanos(2)), 1e-9);
        assertEquals(0.5, slow.factor(young, now + TimeUnit.HOURS.toNanos(12)), 0.001);
        assertEquals(1, slow.factor(old, now), 1e-9);
    }

    @Test
    void lowerPrioritiesGetWhatHigherOnesCannotCarry() {
        List<Member> hosts = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            hosts.add(Hostlike.of(10 + i, 0, i < 2 ? 0 : Member.FAILED_EDS_HEALTH));
            hosts.add(Hostlike.of(20 + i, 1, 0));
        }
        Balancer balancer = Balancer.of(BalancerSettings.DEFAULT, hosts);
        Map<String, Integer> shares = counts(balancer, null, 20_000);
        assertEquals(14_000, shares.get("10") + shares.get("11"), 500);
        assertNull(shares.get("12"));
        assertEquals(0, counted.panics);
    }

    @Test
    void inPanicAllHostsOfThePriorityGetRequests() {
        List<Member> hosts =
                List.of(
                        new Hostlike(1),
                        Hostlike.of(2, 0, Member.FAILED_EDS_HEALTH),
                        Hostlike.of(3, 0, Member.FAILED_EDS_HEALTH));
        Balancer balancer = Balancer.of(BalancerSettings.DEFAULT, hosts);
        assertEquals("{1=2, 2=2, 3=2}", shares(balancer, null, 6));
        assertEquals(6, counted.panics);
        BalancerSettings never = settings(LbPolicy.ROUND_ROBIN, null, 0, false, Map.of());
        assertEquals("{1=6}", shares(Balancer.of(never, hosts), null, 6));
    }

    @Test
    void withoutPanicThereIsNobodyWhereNobodyIsHealthy() {
        BalancerSettings never = settings(LbPolicy.ROUND_ROBIN, null, 0, false, Map.of());
        List<Member> hosts = List.of(Hostlike.of(2, 0, Member.FAILED_EDS_HEALTH));
        assertNull(turns.choose(Balancer.of(never, hosts), null));
        assertNull(turns.choose(Balancer.of(BalancerSettings.DEFAULT, List.of()), null));
    }

    @Test
    void localitiesGetTheirWeightsAndLessWhereHostsAreAway() {
        Map<LocalityKey, Long> weights =
                Map.of(
                        new LocalityKey(0, new Locality("", "a", "")), 1L,
                        new LocalityKey(0, new Locality("", "b", "")), 2L);
        BalancerSettings settings = settings(LbPolicy.ROUND_ROBIN, null, 50, true, weights);
        List<Member> hosts = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            hosts.add(Hostlike.in(100 + i, "a", 0));
            // Half are away: 2 * min(1, 1.4 * 0.5) = 1.4.
            hosts.add(Hostlike.in(200 + i, "b", i < 5 ? 0 : Member.FAILED_EDS_HEALTH));
            hosts.add(Hostlike.in(300 + i, "c", 0));
        }
        Map<String, Integer> shares = counts(Balancer.of(settings, hosts), null, 24_000);
        int a =
                shares.entrySet().stream()
                        .filter(e -> e.getKey().startsWith("1"))
                        .mapToInt(Map.Entry::getValue)
                        .sum();
        assertEquals(10_000, a, 10);
        assertTrue(shares.keySet().stream().noneMatch(port -> port.startsWith("3")));
    }

    @Test
    void aRefusedHostIsChosenAgainOnlySoOften() {
        Member tried = new Hostlike(1);
        Selection wanted =
                new Selection() {
                    @Override
                    public boolean refuses(Member member) {
                        return member == tried;
                    }
                };
        Balancer balancer = Balancer.of(BalancerSettings.DEFAULT, List.of(tried, new Hostlike(2)));
        assertEquals("{1=2, 2=2}", shares(balancer, wanted, 4));
        wanted.reselections = 1;
        assertEquals("{2=4}", shares(balancer, wanted, 4));
        assertSame(
                tried, turns.choose(Balancer.of(BalancerSettings.DEFAULT, List.of(tried)), wanted));
    }

    @Test
    void aBoundSessionGoesToItsHostWhileThatIsNotDown() {
        Member host = new Hostlike(2);
        Selection wanted = new Selection();
        wanted.bound = "127.0.0.1:2";
        List<Member> hosts = List.of(new Hostlike(1), host, new Hostlike(3));
        assertEquals("{2=5}", shares(Balancer.of(BalancerSettings.DEFAULT, hosts), wanted, 5));
        host.flag(Member.FAILED_ACTIVE_HC, true);
        Balancer without = Balancer.of(BalancerSettings.DEFAULT, hosts);
        assertEquals("{1=2, 3=2}", shares(without, wanted, 4));
        wanted.strict = true;
        assertNull(turns.choose(without, wanted));
    }

    @Test
    void tenThousandHostsAllGetTheirTurn() {
        List<Member> hosts = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            hosts.add(Hostlike.weighing(10_000 + i, 1 + i % 3));
        }
        Map<String, Integer> shares =
                counts(Balancer.of(BalancerSettings.DEFAULT, hosts), null, 19_999);
        assertEquals(10_000, shares.size());
        assertEquals(3, shares.get("10002"));
    }

    private String shares(Balancer balancer, @Nullable Selection wanted, int requests) {
        return counts(balancer, wanted, requests).toString();
    }

    private Map<String, Integer> counts(
            Balancer balancer, @Nullable Selection wanted, int requests) {
        Map<String, Integer> counts = new TreeMap<>();
        for (int i = 0; i < requests; i++) {
            Member member = turns.choose(balancer, wanted);
            String port = member == null ? "none" : member.text().substring(10);
            counts.merge(port, 1, Integer::sum);
        }
        return counts;
    }

    private static BalancerSettings settings(
            LbPolicy policy,
            @Nullable SlowStart slow,
            int panic,
            boolean byLocality,
            Map<LocalityKey, Long> weights) {
        return new BalancerSettings(
                policy,
                2,
                1,
                slow,
                1024,
                8_388_608,
                false,
                65_537,
                false,
                panic,
                false,
                140,
                byLocality,
                weights,
                null);
    }
}
