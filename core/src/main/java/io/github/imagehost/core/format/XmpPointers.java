package io.github.imagehost.core.format;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilder;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Attr;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/**
 * What XMP tells of videos and pictures behind a picture (Google's Motion Photo format 1.0, Dynamic Depth 1.0 and Ultra
 * HDR image format 1.1; Adobe's Gain Map 1.0). Whoever believes it looks for what is stored nowhere.
 */
public final class XmpPointers {

    /** All of their properties point behind the picture. */
    private static final Set<String> POINTING = Set.of(
            "http://ns.google.com/photos/1.0/container/",
            "http://ns.google.com/photos/1.0/container/item/",
            "http://ns.google.com/photos/dd/1.0/container/",
            "http://ns.google.com/photos/dd/1.0/item/",
            "http://ns.adobe.com/hdr-gain-map/1.0/",
            "http://ns.apple.com/HDRGainMap/1.0/",
            "http://ns.oplus.com/photos/1.0/camera/");

    /** Those of their properties whose names begin in one of these ways. */
    private static final Set<String> CAMERAS =
            Set.of("http://ns.google.com/photos/1.0/camera/", "http://ns.xiaomi.com/photos/1.0/camera/");

    private static final List<String> POINTING_NAMES = List.of("MotionPhoto", "MicroVideo");

    private static final String NOTE = "http://ns.adobe.com/xmp/note/";
    private static final String EXTENSION = "HasExtendedXMP";

    private static final String NO_DOCUMENT_TYPES = "http://apache.org/xml/features/disallow-doctype-decl";

    private final boolean isExtensionGone;

    /** @param policy what it leaves of extended XMP, which the rest points to */
    public XmpPointers(MetadataPolicy policy) {
        this.isExtensionGone = policy != MetadataPolicy.KEEP;
    }

    /** Whether XMP may have them. */
    public boolean mayBeIn(byte[] xmp) {
        String text = new String(xmp, StandardCharsets.ISO_8859_1).replace("\0", "");
        return POINTING.stream().anyMatch(text::contains)
                || CAMERAS.stream().anyMatch(text::contains)
                || (isExtensionGone && text.contains(EXTENSION));
    }

    /**
     * A packet without them.
     *
     * @return the same packet if it has none; empty if it may have some, but can't be read
     */
    public Optional<byte[]> removedFrom(byte[] packet) {
        if (!mayBeIn(packet)) {
            return Optional.of(packet);
        }
        try {
            Document document = parse(packet);
            return removeFrom(document) ? Optional.of(write(document)) : Optional.of(packet);
        } catch (SAXException | TransformerException e) {
            return Optional.empty();
        }
    }

    private static Document parse(byte[] packet) throws SAXException {
        try {
            DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultNSInstance();
            factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            factory.setFeature(NO_DOCUMENT_TYPES, true);
            DocumentBuilder builder = factory.newDocumentBuilder();
            // the one that comes with it writes to the standard streams
            builder.setErrorHandler(new DefaultHandler());
            return builder.parse(new ByteArrayInputStream(packet));
        } catch (ParserConfigurationException | IOException e) {
            throw new IllegalStateException("The JDK's XML parser can't be used", e);
        }
    }

    /** Answers whether there was something. */
    private boolean removeFrom(Document document) {
        boolean removed = false;
        for (Element element : elementsOf(document)) {
            for (Attr attribute : attributesOf(element)) {
                if (points(attribute) || POINTING.contains(attribute.getValue())) {
                    element.removeAttributeNode(attribute);
                    removed = true;
                }
            }
            Node parent = element.getParentNode();
            if (parent != null && points(element)) {
                parent.removeChild(element);
                removed = true;
            }
        }
        return removed;
    }

    private boolean points(Node property) {
        String namespace = property.getNamespaceURI();
        String name = property.getLocalName();
        if (namespace == null || name == null) {
            return false;
        }
        return POINTING.contains(namespace)
                || (CAMERAS.contains(namespace) && POINTING_NAMES.stream().anyMatch(name::startsWith))
                || (isExtensionGone && namespace.equals(NOTE) && name.equals(EXTENSION));
    }

    /** A copy, since nodes that are removed leave those of the document. */
    private static List<Element> elementsOf(Document document) {
        NodeList nodes = document.getElementsByTagName("*");
        return IntStream.range(0, nodes.getLength())
                .mapToObj(i -> (Element) nodes.item(i))
                .toList();
    }

    private static List<Attr> attributesOf(Element element) {
        NamedNodeMap nodes = element.getAttributes();
        return IntStream.range(0, nodes.getLength())
                .mapToObj(i -> (Attr) nodes.item(i))
                .toList();
    }

    private static byte[] write(Document document) throws TransformerException {
        Transformer transformer = TransformerFactory.newDefaultInstance().newTransformer();
        transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        transformer.transform(new DOMSource(document), new StreamResult(out));
        return out.toByteArray();
    }
}
