package io.steadfast.dashboard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

import org.springframework.core.io.Resource;
import org.springframework.core.io.support.PathMatchingResourcePatternResolver;
import org.springframework.util.StringUtils;

/** The files of the page, read once. Only these are ever served: a name is looked up, never opened. */
public final class PageFiles {

    private static final String FOLDER = "classpath:io/steadfast/dashboard/page/*";

    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html;charset=UTF-8",
            "js", "text/javascript;charset=UTF-8",
            "css", "text/css;charset=UTF-8",
            "svg", "image/svg+xml");

    private static final String INDEX = "index.html";

    private final Map<String, PageFile> files;

    private PageFiles(Map<String, PageFile> files) {
        this.files = files;
    }

    /**
     * Reads the files that come with this library.
     *
     * @return the files
     */
    public static PageFiles load() {
        ClassLoader loader = PageFiles.class.getClassLoader();
        Map<String, PageFile> files = new LinkedHashMap<>();
        try {
            for (Resource resource : new PathMatchingResourcePatternResolver(loader).getResources(FOLDER)) {
                String name = String.valueOf(resource.getFilename());
                String type = TYPES.get(String.valueOf(StringUtils.getFilenameExtension(name)));
                if (type != null) {
                    files.put(name, read(resource, type));
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException("The files of the dashboard cannot be read", unreadable);
        }
        if (!files.containsKey(INDEX)) {
            throw new IllegalStateException("The files of the dashboard are not on the class path: " + FOLDER);
        }
        return new PageFiles(files);
    }

    private static PageFile read(Resource resource, String type) throws IOException {
        try (InputStream bytes = resource.getInputStream()) {
            byte[] content = bytes.readAllBytes();
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return new PageFile(type, '"' + HexFormat.of().formatHex(digest, 0, 12) + '"', content);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * A file.
     *
     * @param name its name; empty for the page itself
     * @return the file; empty if the page has none of that name
     */
    public Optional<PageFile> find(String name) {
        return Optional.ofNullable(files.get(name.isEmpty() ? INDEX : name));
    }
}
