// The two kinds of picture that HTML alone cannot show.
const canvas = document.querySelector('canvas');
const photo = new Image();
photo.onload = () => canvas.getContext('2d').drawImage(photo, 0, 0, canvas.width, canvas.height);
photo.src = canvas.dataset.photo;

const host = document.querySelector('.shadow');
host.attachShadow({ mode: 'open' }).innerHTML = `
  <style>img { display: block; width: 100%; height: 100%; object-fit: cover }</style>
  <img data-demo="image in a shadow root" src="${host.dataset.photo}">`;
