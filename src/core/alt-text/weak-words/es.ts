import type { WeakWords } from './weak-words';

/** Spanish. Written for this product: WordPress, PrestaShop and Office in Spanish, W3C F30 translated; machine texts as Facebook and Office write them. */
export const es: WeakWords = {
  nouns: 'imagen imágenes foto fotos fotografía fotografías',
  bare:
    'miniatura icono ícono gráfico ilustración figura título leyenda texto ' +
    'descripción captura pantallazo cargando logotipo botón archivo marcador banner desconocido ' +
    'vista previa fotos nombre iconos diapositiva separador',
  filler:
    'temporalmente pendiente haz actualmente lo sentimos un una el la los las de del en al a este esta mi nuestra tu su para por con no sin hay ' +
    'ningún ninguna ninguno se es está ha encontrada encontrado encontró disponible falta ' +
    'próximamente pronto defecto predeterminada aquí producto artículo principal destacada ' +
    'destacado página inicio portada fondo perfil ejemplo muestra posición alternativo ' +
    'alternativa inserte insertar escriba añadir agregar copia diseño grande pequeña tamaño ' +
    'pantalla cabecera encabezado galería rota decorativa y espere espera vacía vacío decorativo ' +
    'ilustrativa ilustrativo referencia referencial transparente noticia noticias ' +
    'categoría real original completa completo otra otro ' +
    'ver abrir mostrar descargar eliminada oculta actualización añadida preparación crédito ' +
    'créditos fuente derechos reservados autor fotógrafo número primera primer segunda izquierda ' +
    'derecha arriba abajo detalle detalles contenido carrusel usuario miembro error cargar ' +
    'cargada pudo puede ser temporal genérica va ir stock libre lado uno dos tres entrada',
  absent: 'disponible encontrada cargar cargada',
  acts: 'haz ampliarla clic haga haz pulse pincha aquí ampliar agrandar ver más',
  of: 'de contiene hay está es ilustra del que muestra mostrando se vemos ve aparece aparecen representa representando con donde',
  starts: 'en la foto|en la imagen|en la fotografía|en esta foto|en esta imagen',
  ends: '',
  numbered:
    'diapositiva|rectángulo|rectángulo redondeado|elipse|trazado|mesa de trabajo|gráfico|' +
    'diagrama|cuadrotexto|cuadro de texto|conector recto|conector recto de flecha|' +
    'forma libre|marcador de contenido|marcador de posición de imagen|nuevo proyecto|' +
    'proyecto nuevo|nuevo documento|documento|presentación',
  machine:
    'imagen puede contener|puede ser una imagen de|puede ser una foto de|' +
    'no hay ninguna descripción de la foto disponible|descripción generada automáticamente|' +
    'contenido generado por ia puede ser incorrecto',
};
