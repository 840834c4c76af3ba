package dev.wick.gateway.balance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** To which priorities a request goes that is sent again. */
class PreviousPrioritiesTest {

    private final Turns turns = new Turns(0, new Counted());

    @Test
    void aPriorityThatWasTriedGetsNothingOfTheNextTry() {
        assertEquals("0 1 2", tries(1, LbPolicy.ROUND_ROBIN, 3));
    }

    @Test
    void whereAllWereTriedAllBeginAnew() {
        assertEquals("0 1 2 0 1 2 0", tries(1, LbPolicy.ROUND_ROBIN, 7));
    }

    @Test
    void itIsLookedAtAfterSoManyTries() {
        assertEquals("0 0 1 1 2 2 0 0", tries(2, LbPolicy.ROUND_ROBIN, 8));
    }

    @Test
    void whereAHashDecidesItDecidesThePriorityToo() {
        assertEquals("0 0 0", tries(1, LbPolicy.RING_HASH, 3));
    }

    @Test
    void whatIsUnhealthyIsNoChoice() {
        List<Member> hosts =
                List.of(
                        Hostlike.of(1, 0, 0),
                        Hostlike.of(2, 1, Member.FAILED_EDS_HEALTH),
                        Hostlike.of(3, 2, 0));
        assertEquals("0 2 0", tries(Balancer.of(BalancerSettings.DEFAULT, hosts), 1, 3));
    }

    @Test
    void whereNobodyIsHealthyItIsAsForAnyRequest() {
        PriorityLoads none =
                PriorityLoads.of(
                        new PriorityLoads.Counts[] {new PriorityLoads.Counts(1, 0, 0, 0)}, 140, 50);
        PreviousPriorities previous = new PreviousPriorities(1);
        previous.tried(new Hostlike(1));
        assertSame(none, previous.of(none));
    }

    /** The priorities that tries go to, of three with a host each. */
    private String tries(int frequency, LbPolicy policy, int tries) {
        List<Member> hosts = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            hosts.add(Hostlike.of(1 + i, i, 0));
        }
        return tries(Balancer.of(BalancerSettings.of(policy), hosts), frequency, tries);
    }

    private String tries(Balancer balancer, int frequency, int tries) {
        PreviousPriorities previous = new PreviousPriorities(frequency);
        Selection wanted = new Selection();
        wanted.priorities = previous;
        StringBuilder priorities = new StringBuilder();
        for (int i = 0; i < tries; i++) {
            Member member = turns.choose(balancer, wanted);
            if (member == null) {
                return priorities + " none";
            }
            previous.tried(member);
            priorities.append(i == 0 ? "" : " ").append(member.attributes().priority());
        }
        return priorities.toString();
    }
}
