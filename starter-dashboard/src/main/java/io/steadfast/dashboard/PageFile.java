package io.steadfast.dashboard;

/** A file of the page. */
public final class PageFile {

    private final String type;

    private final String tag;

    private final byte[] content;

    PageFile(String type, String tag, byte[] content) {
        this.type = type;
        this.tag = tag;
        this.content = content;
    }

    /**
     * Its media type.
     *
     * @return for example {@code text/css;charset=UTF-8}
     */
    public String type() {
        return type;
    }

    /**
     * Changes whenever its content does.
     *
     * @return a strong entity tag, in quotation marks
     */
    public String tag() {
        return tag;
    }

    /**
     * Its bytes.
     *
     * @return a copy
     */
    public byte[] content() {
        return content.clone();
    }
}
