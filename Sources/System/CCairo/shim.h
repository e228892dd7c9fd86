// Cairo by its full path, and the few FreeType declarations that loading a font file needs, so that no search path
// from pkg-config is required: neither to build nor when a document's Swift cells load the module.
#include <cairo/cairo.h>
#include <cairo/cairo-svg.h>
#include <cairo/cairo-pdf.h>

typedef struct FT_LibraryRec_ *FT_Library;
typedef struct FT_FaceRec_ *FT_Face;
int FT_Init_FreeType(FT_Library *library);
int FT_Done_FreeType(FT_Library library);
int FT_New_Face(FT_Library library, const char *path, long index, FT_Face *face);
unsigned FT_Get_Char_Index(FT_Face face, unsigned long character);
void FT_Library_Version(FT_Library library, int *major, int *minor, int *patch);
cairo_font_face_t *cairo_ft_font_face_create_for_ft_face(FT_Face face, int load_flags);
