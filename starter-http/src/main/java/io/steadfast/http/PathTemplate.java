package io.steadfast.http;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A pattern of paths: segments to be met literally, <code>{name}</code> or {@code *} for any one segment, and at the end {@code **} for
 * any number of them. Immutable.
 */
final class PathTemplate implements Comparable<PathTemplate> {

    private static final String ANY = "*";

    private static final String REST = "**";

    private final List<String> segments;

    private final boolean open;

    private PathTemplate(List<String> segments, boolean open) {
        this.segments = segments;
        this.open = open;
    }

    /** A path with everything below it. */
    static PathTemplate below(String path) {
        return new PathTemplate(segments(path), true);
    }

    /** A pattern below a path, which is literal. */
    static PathTemplate of(String base, String pattern) {
        List<String> own = segments(pattern);
        boolean open = !own.isEmpty() && own.get(own.size() - 1).equals(REST);
        List<String> all = new java.util.ArrayList<>(segments(base));
        own.subList(0, open ? own.size() - 1 : own.size())
                .forEach(segment -> all.add(isVariable(segment) ? ANY : segment));
        return new PathTemplate(List.copyOf(all), open);
    }

    /** What is wrong with a pattern, in words that follow it; empty if nothing is. */
    static String complaint(String pattern) {
        if (!pattern.startsWith("/")) {
            return "must begin with a slash";
        }
        List<String> own = segments(pattern);
        for (int i = 0; i < own.size(); i++) {
            String segment = own.get(i);
            boolean last = i == own.size() - 1;
            if (segment.equals(REST) ? !last : !isVariable(segment) && segment.matches(".*[{}*?#].*")) {
                return "takes {name} or * for a whole segment, and ** at the end";
            }
        }
        return "";
    }

    boolean matches(List<String> path) {
        if (open ? path.size() < segments.size() : path.size() != segments.size()) {
            return false;
        }
        for (int i = 0; i < segments.size(); i++) {
            String segment = segments.get(i);
            if (!segment.equals(ANY) && !segment.equals(path.get(i))) {
                return false;
            }
        }
        return true;
    }

    /** The segments of a path; a slash at the end makes no difference. */
    static List<String> segments(String path) {
        return Arrays.stream(path.split("/"))
                .filter(segment -> !segment.isEmpty())
                .toList();
    }

    private static boolean isVariable(String segment) {
        return segment.equals(ANY) || segment.matches("\\{[\\w.-]+}");
    }

    private long literals() {
        return segments.stream().filter(segment -> !segment.equals(ANY)).count();
    }

    /** The most specific first: more literal segments, then more segments, then those that end. */
    @Override
    public int compareTo(PathTemplate other) {
        int byLiterals = Long.compare(other.literals(), literals());
        int bySize = Integer.compare(other.segments.size(), segments.size());
        return byLiterals != 0 ? byLiterals : bySize != 0 ? bySize : Boolean.compare(open, other.open);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PathTemplate template && template.segments.equals(segments) && template.open == open;
    }

    @Override
    public int hashCode() {
        return segments.hashCode();
    }

    @Override
    public String toString() {
        return segments.stream().map(segment -> "/" + segment).collect(Collectors.joining())
                + (open ? "/**" : segments.isEmpty() ? "/" : "");
    }
}
