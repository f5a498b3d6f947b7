package io.steadfast.failover;

import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;

import io.steadfast.failover.pick.Candidate;
import io.steadfast.failover.pick.Picker;
import io.steadfast.failover.pick.Picker.Choice;
import io.steadfast.failover.pick.Picker.Offer;
import io.steadfast.failover.pick.Picker.Selection;
import org.jspecify.annotations.Nullable;

/**
 * Who calls are sent to at present. Immutable; made anew when something changes, so that calls read one reference and no lock.
 *
 * @param candidates those to choose among, in the order of their ids
 * @param panic whether too few are in service, so that all are used
 * @param selection chooses; {@code null} if there is nobody
 * @param byAddress all instances of the pool by scheme, host and port, and once more with their path
 */
record Roster(
        List<Member> candidates, boolean panic, @Nullable Selection selection, Map<String, Member> byAddress) {

    static final Roster EMPTY = new Roster(List.of(), false, null, Map.of());

    static Roster of(Collection<Member> members, int panicThreshold, Picker picker, long nowNanos) {
        if (members.isEmpty()) {
            return EMPTY;
        }
        List<Member> willing = new ArrayList<>();
        List<Member> available = new ArrayList<>();
        Map<String, Member> byAddress = new HashMap<>();
        for (Member member : members) {
            URI uri = member.instance().uri();
            byAddress.putIfAbsent(address(uri), member);
            byAddress.putIfAbsent(address(uri) + path(uri), member);
            if (!member.isWithdrawn() && member.instance().weight() > 0) {
                willing.add(member);
                if (member.isAvailable()) {
                    available.add(member);
                }
            }
        }
        boolean panic = available.isEmpty() || available.size() * 100L < (long) panicThreshold * willing.size();
        List<Member> candidates = List.copyOf(panic ? lastResort(willing, members) : available);
        return new Roster(
                candidates, panic, picker.among(new Offer(candidates, List.copyOf(members)), nowNanos), byAddress);
    }

    /** Those that fail rather than those that leave, and those rather than nobody. */
    private static Collection<Member> lastResort(List<Member> willing, Collection<Member> members) {
        if (!willing.isEmpty()) {
            return willing;
        }
        List<Member> weighty = members.stream()
                .filter(member -> member.instance().weight() > 0)
                .toList();
        return weighty.isEmpty() ? members : weighty;
    }

    @Nullable
    Member pick(Predicate<? super Candidate> excluded, @Nullable Object key, long nowNanos) {
        return selection == null ? null : (Member) selection.pick(new Choice(excluded, key, nowNanos));
    }

    /** The instance at an address, whatever its state; of several there, the one with that path. */
    @Nullable
    Member at(URI uri) {
        Member first = byAddress.get(address(uri));
        return first == null ? null : byAddress.getOrDefault(address(uri) + path(uri), first);
    }

    private static String path(URI uri) {
        String path = uri.getRawPath() == null ? "" : uri.getRawPath();
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private static String address(URI uri) {
        String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
        String host = uri.getHost();
        if (host == null) {
            return uri.toString();
        }
        int port = uri.getPort();
        if (port < 0) {
            port = scheme.equals("https") ? 443 : 80;
        }
        return scheme + "://" + host.toLowerCase(Locale.ROOT) + ':' + port;
    }
}
