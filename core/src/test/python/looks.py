"""Writes pictures whose orientation, colours, transparency or canvas are told in odd ways, twice, or not at all, into the current
folder. What Chromium shows of them stands in looks.tsv. Needs Pillow (Debian: python3-pil)."""

from PIL import Image, ImageDraw, ImageCms
import io, struct, zlib
W,H=64,32
def quarters(mode='RGB'):
    im=Image.new('RGB',(W,H)); d=ImageDraw.Draw(im)
    for i,c in enumerate(['red','lime','blue','yellow']):
        d.rectangle([i%2*W//2,i//2*H//2,i%2*W//2+W//2-1,i//2*H//2+H//2-1],fill=c)
    return im if mode=='RGB' else im.convert(mode)
def enc(im,f,**k):
    b=io.BytesIO(); im.save(b,f,**k); return b.getvalue()
J=enc(quarters(),'JPEG',quality=95,subsampling=0)
P=enc(quarters(),'PNG'); Wl=enc(quarters(),'WEBP',lossless=True); Wy=enc(quarters(),'WEBP',quality=95)
def ifd(entries,le=False,nxt=0):
    e='<' if le else '>'
    return (b'II*\0' if le else b'MM\0*')+struct.pack(e+'I',8)+struct.pack(e+'H',len(entries))+b''.join(struct.pack(e+'HHI',t,ty,n)+v for t,ty,n,v in entries)+struct.pack(e+'I',nxt)
def short(v): return struct.pack('>HH',v,0)
def ex(o): return ifd([(0x112,3,1,short(o))])
def seg(m,d): return bytes([255,m])+struct.pack('>H',len(d)+2)+d
def jx(*segs,base=J): return base[:2]+b''.join(segs)+base[2:]
def e1(b): return seg(0xe1,b'Exif\0\0'+b)
def xmp(o): return ('<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description xmlns:tiff="http://ns.adobe.com/tiff/1.0/" tiff:Orientation="%d"/></rdf:RDF></x:xmpmeta>'%o).encode()
def x1(o): return seg(0xe1,b'http://ns.adobe.com/xap/1.0/\0'+xmp(o))
S={}
S['j-exif6']=jx(e1(ex(6)))
S['j-two-6-3']=jx(e1(ex(6)),e1(ex(3)))
S['j-two-none-6']=jx(e1(ifd([(0x128,3,1,short(2))])),e1(ex(6)))
S['j-two-broken-6']=jx(e1(b'garbage!garbage!'),e1(ex(6)))
S['j-two-1-6']=jx(e1(ex(1)),e1(ex(6)))
S['j-two-0-6']=jx(e1(ex(0)),e1(ex(6)))
S['j-xmp6']=jx(x1(6))
S['j-exif3-xmp6']=jx(e1(ex(3)),x1(6))
S['j-xmp6-exif3']=jx(x1(6),e1(ex(3)))
S['j-long']=jx(e1(ifd([(0x112,4,1,struct.pack('>I',6))])))
S['j-byte']=jx(e1(ifd([(0x112,1,1,bytes([6,0,0,0]))])))
S['j-count2']=jx(e1(ifd([(0x112,3,2,struct.pack('>HH',6,3))])))
S['j-dup-6-3']=jx(e1(ifd([(0x112,3,1,short(6)),(0x112,3,1,short(3))])))
S['j-dup-9-6']=jx(e1(ifd([(0x112,3,1,short(9)),(0x112,3,1,short(6))])))
S['j-ifd1only']=jx(e1(ifd([(0x128,3,1,short(2))],nxt=26)+struct.pack('>H',1)+struct.pack('>HHI',0x112,3,1)+short(6)+b'\0\0\0\0'))
S['j-exif-after-sof']=J[:J.index(b'\xff\xda')]+e1(ex(6))+J[J.index(b'\xff\xda'):]
S['j-unsorted']=jx(e1(ifd([(0x213,3,1,short(2)),(0x112,3,1,short(6))])))
S['j-prefix-1']=jx(seg(0xe1,b'Exif\0\1'+ex(6)))
S['j-prefix-1-then']=jx(seg(0xe1,b'Exif\0\1'+ex(6)),e1(ex(3)))
def pc(n,d): return struct.pack('>I',len(d))+n+d+struct.pack('>I',zlib.crc32(n+d))
def px(*c,base=P): return base[:33]+b''.join(c)+base[33:]
S['p-exif6']=px(pc(b'eXIf',ex(6)))
S['p-exif6-after']=P[:-12]+pc(b'eXIf',ex(6))+P[-12:]
S['p-two-6-3']=px(pc(b'eXIf',ex(6)),pc(b'eXIf',ex(3)))
S['p-two-broken-6']=px(pc(b'eXIf',b'garbage!'),pc(b'eXIf',ex(6)))
S['p-before3-after6']=px(pc(b'eXIf',ex(3)),base=P[:-12]+pc(b'eXIf',ex(6))+P[-12:])
S['p-prefix']=px(pc(b'eXIf',b'Exif\0\0'+ex(6)))
S['p-badcrc']=px(pc(b'eXIf',ex(6))[:-1]+b'x')
S['p-xmp6']=px(pc(b'iTXt',b'XML:com.adobe.xmp\0\0\0\0\0'+xmp(6)))
raw=b'\nexif\n%8d\n'%len(b'Exif\0\0'+ex(6))+(b'Exif\0\0'+ex(6)).hex().encode()+b'\n'
S['p-raw6']=px(pc(b'zTXt',b'Raw profile type exif\0\0'+zlib.compress(raw)))
def wc(n,d): return n+struct.pack('<I',len(d))+d+b'\0'*(len(d)%2)
def riff(*c): d=b'WEBP'+b''.join(c); return b'RIFF'+struct.pack('<I',len(d))+d
def vx(f,w=W,h=H): return wc(b'VP8X',bytes([f,0,0,0])+struct.pack('<I',w-1)[:3]+struct.pack('<I',h-1)[:3])
def body(w): return w[12:]
S['w-exif6']=riff(vx(8),body(Wl),wc(b'EXIF',ex(6)))
S['w-lossy-exif6']=riff(vx(8),body(Wy),wc(b'EXIF',ex(6)))
S['w-exif6-noflag']=riff(vx(0),body(Wl),wc(b'EXIF',ex(6)))
S['w-exif6-prefix']=riff(vx(8),body(Wl),wc(b'EXIF',b'Exif\0\0'+ex(6)))
S['w-exif6-before']=riff(vx(8),wc(b'EXIF',ex(6)),body(Wl))
S['w-two-6-3']=riff(vx(8),body(Wl),wc(b'EXIF',ex(6)),wc(b'EXIF',ex(3)))
S['w-two-broken-6']=riff(vx(8),body(Wl),wc(b'EXIF',b'garbage!'),wc(b'EXIF',ex(6)))
S['w-xmp6']=riff(vx(4),body(Wl),wc(b'XMP ',xmp(6)))
S['w-simple-exif']=riff(body(Wl),wc(b'EXIF',ex(6)))
S['w-alphaflag-lossy']=riff(vx(16),body(Wy))
S['w-alphaflag-lossless']=riff(vx(16),body(Wl))
al=quarters('RGBA'); al.putalpha(128); Wa=enc(al,'WEBP',lossless=True,exact=True)
S['w-alpha-noflag']=riff(vx(0),body(Wa)[18:] if body(Wa)[:4]==b'VP8X' else body(Wa))
b=bytearray(body(Wa)); i=b.index(b'VP8L')+8; v=struct.unpack('<I',bytes(b[i+1:i+5]))[0]; 
b[i+1:i+5]=struct.pack('<I',v&~(1<<28)); S['w-alpha-unusedbit']=riff(bytes(b)) if b[:4]!=b'VP8X' else riff(bytes(b[18:]))
Wya=enc(al,'WEBP',quality=90); S['w-ALPH-noflag']=riff(vx(0),body(Wya)[18:])
def anmf(x,y,w,h,data): return wc(b'ANMF',struct.pack('<I',x//2)[:3]+struct.pack('<I',y//2)[:3]+struct.pack('<I',w-1)[:3]+struct.pack('<I',h-1)[:3]+struct.pack('<I',100)[:3]+b'\0'+data)
S['w-frame-outside']=riff(vx(2,32,32),wc(b'ANIM',bytes(6)),anmf(0,0,W,H,body(Wl)))
S['w-frame-offset-outside']=riff(vx(2,80,48),wc(b'ANIM',bytes(6)),anmf(40,0,W,H,body(Wl)))
S['w-frame-inside']=riff(vx(2,80,48),wc(b'ANIM',bytes(6)),anmf(16,16,W,H,body(Wl)))
G=enc(quarters().quantize(16),'GIF')
def gif(sw,sh,l,t,g=G):
    g=bytearray(g); g[6:10]=struct.pack('<HH',sw,sh); p=13+(3<<((g[10]&7)+1) if g[10]&128 else 0)
    while g[p]==0x21:
        p+=2
        while g[p]: p+=1+g[p]
        p+=1
    g[p+1:p+5]=struct.pack('<HH',l,t); return bytes(g)
S['g-larger-frame']=gif(20,20,0,0); S['g-outside']=gif(20,20,30,30); S['g-overlap']=gif(64,32,32,16); S['g-neg']=gif(64,32,40,0); S['g-inside']=gif(100,50,16,8); S['g-screen0']=gif(0,0,0,0)
S['g-wider-only']=gif(40,60,0,0)
# colours
def raw_jpeg(bands, ids=None, strip=True, **k):
    im=Image.merge('CMYK' if len(bands)==4 else 'RGB',bands)
    return im
r,g_,b_=quarters().split()
inv=lambda im: im.point(lambda v:255-v)
cm=Image.merge('CMYK',(inv(r),inv(g_),inv(b_),Image.new('L',(W,H),0)))
C=enc(cm,'JPEG',quality=95)   # Pillow: Adobe marker, inverted
def drop(j,m):
    i=2; out=j[:2]
    while j[i]==255 and j[i+1]!=0xda:
        n=2+struct.unpack('>H',j[i+2:i+4])[0]
        if j[i+1]!=m: out+=j[i:i+n]
        i+=n
    return out+j[i:]
S['c-cmyk-adobe']=C; S['c-cmyk-nomarker']=drop(C,0xee)
def ids(j,new):
    j=bytearray(j); s=[i for i in range(len(j)-1) if j[i]==255 and j[i+1] in(0xc0,0xc2)][0]
    for k,n in enumerate(new): j[s+10+3*k]=n
    s=j.index(b'\xff\xda')
    for k,n in enumerate(new): j[s+5+2*k]=n
    return bytes(j)
S['c-cmyk-nomarker-ids']=ids(drop(C,0xee),b'CMYK')
ycck=seg(0xee,b'Adobe\0\x64\0\0\0\0\2')
S['c-cmyk-adobe2']=jx(ycck,base=drop(C,0xee))
J0=drop(J,0xe0); adobe=lambda t: seg(0xee,b'Adobe\0\x64\0\0\0\0'+bytes([t]))
import subprocess
# raw RGB JPEG: encode RGB bands as if YCbCr, then strip JFIF and set ids
yc=Image.frombytes('YCbCr',(W,H),quarters().tobytes()); R=enc(yc,'JPEG',quality=95,subsampling=0)
R0=drop(R,0xe0)
S['c-rgb-ids']=ids(R0,b'RGB'); S['c-rgb-adobe0']=jx(adobe(0),base=R0); S['c-rgb-jfif-ids']=ids(R,b'RGB')
S['c-rgb-123-nomarker']=ids(J0,b'\1\2\3'); S['c-rgb-012-nomarker']=ids(J0,b'\0\1\2'); S['c-abc-nomarker']=ids(J0,b'abc'); S['c-jfif-adobe0']=J[:20]+adobe(0)+R0[2:]
S['c-rgb-adobe1']=jx(adobe(1),base=J0); S['c-rgb-adobe2']=jx(adobe(2),base=J0)
gj=enc(quarters('L'),'JPEG',quality=95)
srgb=ImageCms.ImageCmsProfile(ImageCms.createProfile('sRGB')).tobytes()
icc=lambda p: seg(0xe2,b'ICC_PROFILE\0\1\1'+p)
S['c-gray-rgbprofile']=jx(icc(srgb),base=gj)
def gray_icc(gamma):
    def tag(b): return b+b'\0'*(-len(b)%4)
    wt=b'XYZ \0\0\0\0'+struct.pack('>iii',int(.9642*65536),65536,int(.8249*65536)); cu=b'curv\0\0\0\0'+struct.pack('>IH',1,int(gamma*256)); ds=b'desc\0\0\0\0'+struct.pack('>I',2)+b'g\0'+bytes(78); cp=b'text\0\0\0\0x\0'
    tags=[(b'desc',tag(ds)),(b'cprt',tag(cp)),(b'wtpt',tag(wt)),(b'kTRC',tag(cu))]; off=128+4+12*4; t=struct.pack('>I',4); d=b''
    for n,v in tags: t+=n+struct.pack('>II',off+len(d),len(v)); d+=v
    h=struct.pack('>I',off+len(d))+b'lcms'+struct.pack('>I',0x02100000)+b'mntrGRAYXYZ '+bytes(12)+b'acsp'+bytes(28)+struct.pack('>iii',63190,65536,54061)+bytes(48)
    assert len(h)==128,len(h); return h+t+d
g1=gray_icc(1.0)
S['c-gray-grayprofile']=jx(icc(g1),base=gj)
S['c-rgb-grayprofile']=jx(icc(g1))
gp=enc(quarters('L'),'PNG'); iccp=lambda p: pc(b'iCCP',b'p\0\0'+zlib.compress(p))
S['c-graypng-grayprofile']=px(iccp(g1),base=gp); S['c-graypng-rgbprofile']=px(iccp(srgb),base=gp); S['c-rgbpng-grayprofile']=px(iccp(g1))
S['c-graypng-gama1']=px(pc(b'gAMA',struct.pack('>I',100000)),base=gp); S['c-rgbpng-gama1']=px(pc(b'gAMA',struct.pack('>I',100000)))
mid=Image.new('RGB',(W,H),(100,50,200)); S['c-rgbpng-gama1-mid']=px(pc(b'gAMA',struct.pack('>I',100000)),base=enc(mid,'PNG')); S['c-cmyk-plain-mid']=enc(Image.new('CMYK',(W,H),(30,120,200,60)),'JPEG'); S['c-cmyk-nomarker-mid']=drop(S['c-cmyk-plain-mid'],0xee)
for k,v in S.items(): open(k+{'j':'.jpg','p':'.png','w':'.webp','g':'.gif'}.get(k[0]) if k[0]!='c' else k+('.png' if v[:4]==b'\x89PNG' else '.jpg'),'wb').write(v)
