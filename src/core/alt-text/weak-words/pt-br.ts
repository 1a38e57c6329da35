import type { WeakWords } from './weak-words';

/** Portuguese. Written for this product: WordPress, shops and Office in Portuguese, W3C F30 translated; machine texts as Facebook and Office write them. */
export const ptBr: WeakWords = {
  nouns: 'imagem imagens foto fotos fotografia fotografias',
  bare:
    'figura figuras printscreen miniatura ícone gráfico ilustração título legenda texto ' +
    'descrição captura carregando logotipo logomarca botão arquivo reservado indisponível ' +
    'desconhecido banner fotos nome ícones slide separador ' +
    'visualização prévia pré',
  filler:
    'temporariamente pendente infelizmente momento um uma o a os as de do da no na nos em ao às à s este esta esse essa nesta neste nessa minha ' +
    'nossa sua seu para por com não sem nenhuma nenhum há é está foi encontrada encontrado ' +
    'disponível faltando ausente breve padrão aqui produto artigo item principal destacada ' +
    'destaque página inicial capa fundo perfil exemplo espaço alternativo alternativa insira ' +
    'inserir digite adicione adicionar cópia design grande pequena tamanho tela cabeçalho galeria ' +
    'decorativa ilustrativa meramente e aguarde vazia vazio decorativo ilustrativo referência ' +
    'transparente notícia notícias categoria real original ' +
    'completa inteira outra outro ver abrir mostrar exibir baixar excluída ' +
    'oculta atualização adicionada preparação crédito créditos fonte direitos reservados autor ' +
    'fotógrafo número primeira primeiro segunda esquerda direita acima abaixo vista detalhe ' +
    'detalhes conteúdo usuário membro erro carregar carregada possível pode ser temporária ' +
    'genérica vai banco livre dois três',
  absent: 'disponível indisponível encontrada carregar carregada',
  acts: 'ampliá-la clique toque aqui ampliar aumentar ver mais',
  of: 'de contém é são ilustra do da dos das que mostrando mostra vemos vê aparece aparecem representa representando contendo com onde há',
  starts: 'na foto|na imagem|na fotografia|nesta foto|nesta imagem|nessa foto|nessa imagem',
  ends: '',
  numbered:
    'slide|camada|retângulo|retângulo de cantos arredondados|elipse|prancheta|gráfico|' +
    'diagrama|caixa de texto|caixadetexto|conector reto|conector de seta reta|forma livre|' +
    'espaço reservado para conteúdo|espaço reservado para imagem|novo projeto|novo documento|' +
    'documento|apresentação',
  machine:
    'imagem pode conter|pode ser uma imagem de|pode ser uma foto de|' +
    'nenhuma descrição de foto disponível|descrição gerada automaticamente|' +
    'conteúdo gerado por ia pode estar incorreto',
};
