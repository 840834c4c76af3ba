package dev.wick.gateway.health;

import dev.wick.gateway.balance.Member;
import dev.wick.gateway.observe.ClusterMetrics;
import java.util.ArrayList;
import java.util.List;

/**
 * All checks of one host, which is well where each of them says so. Confined to the loop of its
 * {@link HealthChecker}.
 */
final class MemberChecks {

    static final int OF_CHECKS =
            Member.FAILED_ACTIVE_HC
                    | Member.DEGRADED_ACTIVE_HC
                    | Member.ACTIVE_HC_TIMEOUT
                    | Member.EXCLUDED_VIA_IMMEDIATE_HC_FAIL;

    private final HealthChecker checker;
    private final Member member;
    private final List<CheckSession> sessions = new ArrayList<>(1);

    /** Whether it is among those that are counted as healthy. */
    private boolean counted;

    MemberChecks(HealthChecker checker, Member member) {
        this.checker = checker;
        this.member = member;
        for (CheckSettings settings : checker.settings()) {
            sessions.add(new CheckSession(checker, this, settings));
        }
    }

    Member member() {
        return member;
    }

    void start() {
        int flags = member.flags();
        if ((flags & Member.PENDING_ACTIVE_HC) == 0) {
            sessions.forEach(session -> session.takeOver(flags & OF_CHECKS));
            combine();
        } else {
            member.flag(Member.FAILED_ACTIVE_HC, true);
        }
        sessions.forEach(CheckSession::start);
    }

    void stop() {
        sessions.forEach(CheckSession::stop);
        count(false);
    }

    /** Whether a check of it has not been answered yet. */
    boolean pending() {
        for (int i = 0; i < sessions.size(); i++) {
            if (sessions.get(i).pending()) {
                return true;
            }
        }
        return false;
    }

    /** Whether the last check of each kind succeeded. */
    boolean succeeded() {
        for (int i = 0; i < sessions.size(); i++) {
            if (!sessions.get(i).succeeded()) {
                return false;
            }
        }
        return true;
    }

    /**
     * Another has checked the host lately, which says something where nothing else is known. The
     * first checks from here decide all the same.
     */
    void believe(boolean failed) {
        if ((member.flags() & Member.PENDING_ACTIVE_HC) == 0) {
            return;
        }
        for (CheckSession session : sessions) {
            session.believe(failed);
        }
        combine();
    }

    /** See {@link CheckSession#leave}. Returns whether that is new. */
    boolean leave() {
        sessions.forEach(CheckSession::leave);
        return combine();
    }

    /** A check has been answered, or not. Returns whether what is known of the host has changed. */
    boolean combine() {
        int found = 0;
        for (int i = 0; i < sessions.size(); i++) {
            found |= sessions.get(i).found();
        }
        boolean changed = member.flag(found, true) | member.flag(OF_CHECKS & ~found, false);
        if (!pending()) {
            changed |= member.flag(Member.PENDING_ACTIVE_HC, false);
        }
        count((found & Member.FAILED_ACTIVE_HC) == 0);
        return changed;
    }

    private void count(boolean healthy) {
        if (counted != healthy) {
            counted = healthy;
            checker.metrics()
                    .add(
                            checker.loop().index(),
                            ClusterMetrics.HEALTH_CHECK_HEALTHY,
                            healthy ? 1 : -1);
        }
    }
}
