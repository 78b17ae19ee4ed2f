"""Phrases that everybody knows, and words that people put in passwords. Written for Thinkia.

One phrase a line; accents, spaces and capitals do not matter. `passphrases.py` says how they count.
"""

PHRASES = tuple(
    """
correct horse battery staple
caballo correcto batería grapa
caballo batería grapa correcto
en un lugar de la mancha de cuyo nombre no quiero acordarme
en un lugar de la mancha
más vale pájaro en mano que cien volando
más vale tarde que nunca
a caballo regalado no se le mira el diente
camarón que se duerme se lo lleva la corriente
no hay mal que por bien no venga
al que madruga dios le ayuda
ojos que no ven corazón que no siente
en boca cerrada no entran moscas
perro que ladra no muerde
a mal tiempo buena cara
quien mal anda mal acaba
el que calla otorga
de tal palo tal astilla
cría cuervos y te sacarán los ojos
dime con quién andas y te diré quién eres
aunque la mona se vista de seda mona se queda
no por mucho madrugar amanece más temprano
agua que no has de beber déjala correr
el que ríe último ríe mejor
zapatero a tus zapatos
la unión hace la fuerza
sí se puede sí se puede
salve oh patria mil veces oh patria gloria a ti
salve oh patria mil veces
gloria a ti ya tu pecho rebosa
ya tu pecho rebosa gozo y paz
ecuador ama la vida
ecuador del alma mía
mitad del mundo
el amor de mi vida
amor de mi vida
te quiero mucho mi amor
te amo con todo mi corazón
te amo para siempre
juntos para siempre
por siempre y para siempre
dios es amor
dios es mi pastor nada me faltará
el señor es mi pastor nada me faltará
jehová es mi pastor nada me faltará
todo lo puedo en cristo que me fortalece
gracias a dios por todo
dios bendiga mi hogar
padre nuestro que estás en el cielo
padre nuestro que estás en los cielos
dios te salve maría llena eres de gracia
santificado sea tu nombre
libertad igualdad fraternidad
el pueblo unido jamás será vencido
hasta la victoria siempre
patria o muerte venceremos
ser o no ser esa es la cuestión
pienso luego existo
solo sé que no sé nada
que la fuerza te acompañe
hasta la vista baby
hakuna matata
feliz cumpleaños a ti
cumpleaños feliz te deseamos a ti
los pollitos dicen pío pío pío
estrellita dónde estás
arroz con leche me quiero casar
tres tristes tigres tragaban trigo en un trigal
tres tristes tigres
el perro de san roque no tiene rabo
había una vez un circo
había una vez
colorín colorado este cuento se ha acabado
mi contraseña es segura
esta es mi contraseña
contraseña muy segura
mi clave secreta
no me acuerdo de la contraseña
olvidé mi contraseña
la contraseña es la contraseña
quince caracteres
al menos quince caracteres
una frase de acceso
mi frase de acceso
abracadabra pata de cabra
barcelona sporting club
liga deportiva universitaria
independiente del valle
la tri la tri la tri
vamos ecuador
to be or not to be that is the question
may the force be with you
i think therefore i am
the quick brown fox jumps over the lazy dog
all your base are belong to us
winter is coming
i love you forever and ever
i love you so much
i love you
love you forever
my name is
open sesame
let me in please
one ring to rule them all
live long and prosper
hello world
houston we have a problem
elementary my dear watson
once upon a time
happy birthday to you
twinkle twinkle little star
our father who art in heaven
the lord is my shepherd
in god we trust
god save the king
god save the queen
jesus is my lord
jesus loves me
home sweet home
better late than never
practice makes perfect
actions speak louder than words
this is my password
my password is secure
my password is
this is a long password
a few words
at least fifteen characters
fifteen characters
change me please
trust no one
""".strip().splitlines()
)

_WORDS = """
password passphrase contraseña clave secreto secreta secret acceso access usuario user admin administrador
administrator root login ingreso entrar bienvenido bienvenida welcome segura seguro secure security seguridad
letmein iloveyou tequiero teamo amor amores mucho mucha siempre nunca vida corazon cielo princesa princess
principe hermosa hermoso bonita bonito linda lindo bebe baby angel angeles diosito dios jesus cristo virgen
maria jose juan carlos luis jorge pedro pablo ana andrea daniel daniela david diego gabriel gabriela fernando
fernanda alejandro alejandra cristian christian michael jessica ashley charlie jordan nicole samantha
familia mama papa hijo hija hermano hermana abuela abuelo amigo amiga amigos friend friends family mother
father sister brother forever always love lover hello hola world mundo casa home perro perra gato gata
dragon monkey tiger tigre leon lion shadow sunshine superman batman spiderman pokemon naruto goku starwars
football futbol soccer baseball basketball barcelona emelec liga aucas deportivo madrid realmadrid campeon
master monster killer ninja hunter ranger summer winter verano invierno primavera enero febrero marzo abril
mayo junio julio agosto septiembre octubre noviembre diciembre january february march april june july august
september october november december lunes martes miercoles jueves viernes sabado domingo monday friday sunday
ecuador quito guayaquil cuenca ambato loja manta machala ibarra riobamba esmeraldas galapagos latinoamerica
thinkia laboratorio innovacion innovation ciudadana ciudadano convocatoria hackathon hackaton reto equipo
jurado postulante proyecto project gobierno municipio universidad senescyt google facebook instagram whatsapp
youtube internet computer computadora celular telefono correo email gmail hotmail outlook yahoo microsoft
windows android apple iphone samsung minecraft fortnite freefire cheese chocolate coffee cafe cookie orange
banana manzana flower flores estrella star luna sol moon rojo azul verde negro blanco black white blue green
purple silver golden dorado diamond diamante music musica guitar guitarra freedom libertad peace victoria
gracias please porfavor test testing prueba pruebas ejemplo example demo temporal changeme cambiame nuevo
nueva uno dos tres cuatro cinco seis siete ocho nueve diez one two three four five six seven eight nine ten
"""
WORDS = tuple(_WORDS.split())
